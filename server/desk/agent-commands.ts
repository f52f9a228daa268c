import { answerOf } from './answer.ts';
import type { Desk } from './desk.ts';
import type { Execute } from './execute.ts';

/** What an agent does in a conversation. Those of another organization do not exist for them. */
export const createFromAgent =
  (execute: Execute): Desk['fromAgent'] =>
  async (agent, conversation, id, command) => {
    const outcome = await execute(conversation, {
      command,
      by: { kind: 'agent', agent: { id: agent.id, name: agent.name } },
      id,
      mayReach: ({ organization }) => organization === agent.organization,
    });
    return answerOf(conversation, outcome);
  };
