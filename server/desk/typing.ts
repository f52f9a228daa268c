import type { ConversationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Bus } from '../bus/bus.ts';
import { isWith } from '../domain/decision.ts';
import type { Clock } from './clock.ts';
import type { ConversationCache } from './conversation-cache.ts';
import type { Desk } from './desk.ts';
import { createPace } from './pace.ts';
import type { Work } from './work.ts';

interface TypingOptions {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly work: Work;
  readonly conversations: ConversationCache;
}

/** Who is typing: told now and then, never kept. */
export function createTyping({
  bus,
  clock,
  work,
  conversations,
}: TypingOptions): Pick<Desk, 'visitorTyping' | 'agentTyping'> {
  const pace = createPace<string>({ clock, intervalMs: limits.typingIntervalMs });

  const tell = (conversation: ConversationId, by: 'visitor' | 'agent', on: boolean) =>
    bus.publish(`conversation:${conversation}`, {
      kind: 'signal',
      conversation,
      to: by === 'visitor' ? 'agents' : 'visitor',
      signal: { kind: 'typing', by, on },
    });

  return {
    visitorTyping(conversation, on) {
      pace(conversation, () => tell(conversation, 'visitor', on));
    },
    agentTyping(agent, conversation, on) {
      pace(`${agent.id} ${conversation}`, () =>
        work.aside('typing', async () => {
          const state = (await conversations.load(conversation))?.state;
          if (state && isWith(state, agent)) tell(conversation, 'agent', on);
        }),
      );
    },
  };
}
