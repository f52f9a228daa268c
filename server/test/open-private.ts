import { randomUUID } from 'node:crypto';
import type { TestContext } from 'vitest';
import type { AgentCommand } from '../../protocol/commands.ts';
import type { AgentId, ConversationId, FileId } from '../../protocol/ids.ts';
import type { LogEvent } from '../domain/conversation.ts';
import { filesOf, formOf } from './open-files.ts';
import { openServer, type TestServer } from './open-server.ts';
import type { TestAgent } from './test-agent.ts';
import { newKeys, type TestVisitor } from './test-visitor.ts';

/** Everything that one browser of a visitor's hears, on any of its tabs, now or ever. */
export class Eavesdropper {
  readonly tabs: TestVisitor[] = [];
  private readonly server: TestServer;
  private readonly keys: CryptoKeyPair;
  private session: string | undefined;

  constructor(server: TestServer, keys: CryptoKeyPair) {
    this.server = server;
    this.keys = keys;
  }

  /** One more tab, which has heard everything up to `after`. */
  async tab(cursor?: { conversation: string; after: number }): Promise<TestVisitor> {
    const tab = this.server.connect({ keys: this.keys });
    this.tabs.push(tab);
    const { session } = this;
    await tab.hello({ ...(session && { session }), ...(cursor && { cursor: cursor as never }) });
    this.session ??= tab.session;
    return tab;
  }

  /** All bytes of it. */
  heard = (): string => this.tabs.map((tab) => JSON.stringify(tab.reader.frames)).join('\n');
}

export const anOffer: AgentCommand = {
  type: 'offer',
  content: {
    title: 'When?',
    options: ['a', 'b'].map((value) => ({ value, label: value })),
    least: 1,
    most: 1,
    optional: true,
  },
};

/** The numbers of the events that a tab heard of this conversation. */
export const seqsOf = (tab: TestVisitor, conversation: string): number[] =>
  tab.reader.frames.flatMap((one) => (one.type === 'event' && one.conversation === conversation ? [one.seq] : []));

/** A chat that Anna has, with a visitor who listens on two tabs, and a marker for all that is none of theirs. */
export async function openPrivate(t: TestContext) {
  const server = await openServer(t);
  const canary = `PRIV-${randomUUID()}`;
  const anna = await server.agent();
  const visitor = new Eavesdropper(server, await newKeys());
  const first = await visitor.tab();
  await first.request();
  const conversation = (await anna.accept()) as ConversationId;
  const second = await visitor.tab();
  const { store } = server.context;

  const log = (): Promise<LogEvent[]> => store.log.read(conversation, 0, 10_000);
  const visible = async () => (await log()).filter(({ visitorSeq }) => visitorSeq !== null);

  return {
    server,
    store,
    canary,
    anna,
    visitor,
    first,
    second,
    conversation,
    log,
    visible,
    /** Until a tab has heard all that there is for it. */
    async caughtUp(tab: TestVisitor) {
      const count = (await visible()).length;
      await tab.reader.find((one) => one.type === 'event' && one.conversation === conversation && one.seq >= count);
    },
    async uploaded(agent: TestAgent, audience: 'everyone' | 'agents', name: string): Promise<FileId> {
      const path = `/api/conversations/${conversation}/files?audience=${audience}`;
      const [file] = await filesOf(await agent.fetch(path, { method: 'POST', body: formOf({ [name]: name }) }));
      if (!file) throw new Error('Nothing was uploaded.');
      return file.id;
    },
    invite: (agent: TestAgent, name: string, plan: 'stay' | 'leave' = 'stay') =>
      agent.command(conversation, {
        type: 'invite',
        to: { kind: 'agent', agent: name as AgentId },
        note: canary,
        plan,
      }),
  };
}
