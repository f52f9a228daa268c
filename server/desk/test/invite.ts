import type { TestContext } from 'vitest';
import type { AgentCommand } from '../../../protocol/commands.ts';
import type { AgentId, QueueId } from '../../../protocol/ids.ts';
import { openDesk } from './open-desk.ts';

type Plan = 'stay' | 'leave';
export const toAgent = (agent: string, plan: Plan = 'stay'): AgentCommand => ({
  type: 'invite',
  to: { kind: 'agent', agent: agent as AgentId },
  note: 'Can you help?',
  plan,
});
export const toQueue = (queue: QueueId, plan: Plan = 'stay'): AgentCommand => ({
  type: 'invite',
  to: { kind: 'queue', queue },
  note: '',
  plan,
});

type Options = Parameters<typeof openDesk>[1];

/** Anna has a chat with Ada; whoever else is there comes later, so that it is hers. */
export async function inChat(t: TestContext, options: Options = {}) {
  const opened = await openDesk(t, options);
  const anna = await opened.agent('anna');
  const ada = await opened.visitor();
  const id = await ada.request();
  await anna.accept(id);
  const since = async () => (await opened.story(id)).slice(3);
  const goneOf = (agent: string) =>
    opened.toldTo(`agent:${agent as AgentId}`).flatMap((one) => (one.kind === 'gone' ? [one.reason] : []));
  return { ...opened, anna, ada, id, since, goneOf };
}
