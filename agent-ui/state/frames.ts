import type { AgentReady, OpenConversation } from '../../protocol/agent-frames.ts';
import type { Signal } from '../../protocol/frames.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import { type Chat, openChat } from './chat.ts';
import type { DeskState, Notice } from './desk-state.ts';
import { withChange, withoutTab, withTab } from './tabs.ts';
import { visitorName } from './variables.ts';

/** What single frames of the server do to the desk's state; the log itself is folded by `evolveChat`. */

/** `anew` where the held log was let go: what was folded from it goes too, but not what is being written. */
export function afterOpen(
  state: DeskState,
  open: OpenConversation,
  { anew, recall }: { anew: boolean; recall: (chat: Chat) => Chat },
): DeskState {
  const fresh = openChat(open);
  if (!state.chats.some(({ id }) => id === open.conversation)) return withTab(state, recall(fresh));
  return withChange(state, open.conversation, (chat) => {
    if (anew) return { ...fresh, draft: chat.draft, read: chat.read };
    return {
      ...chat,
      site: fresh.site,
      closing: fresh.closing,
      labels: fresh.labels,
      connected: fresh.connected,
      seen: fresh.seen,
    };
  });
}

/** Tabs of the last connection that the server names no more: what had ended stays to be read, the rest is not ours. */
export function afterReady(state: DeskState, { conversations, status, profiles }: AgentReady): DeskState {
  const named = new Set(conversations.map(({ conversation }) => conversation));
  const gone = state.chats.filter(({ id, stage }) => !named.has(id) && stage.kind !== 'ended');
  const left = gone.reduce(
    (rest, chat) => afterGone(rest, chat.id, chat.stage.kind === 'active' ? 'lost' : 'lapsed'),
    state,
  );
  const profile = status.profile ?? profiles.find(({ id }) => id === left.profile)?.id ?? profiles[0]?.id ?? null;
  return { ...left, isOpen: true, status, profiles, profile };
}

type GoneReason = Extract<Notice, { kind: 'gone' }>['reason'] | 'declined' | 'left';

export function afterGone(state: DeskState, id: ConversationId, reason: GoneReason): DeskState {
  const chat = state.chats.find((one) => one.id === id);
  // Of what was erased nothing may stay before anybody.
  if (!chat || (isReadable(chat) && reason !== 'erased')) return state;
  const notice: Notice | null =
    reason === 'declined' || reason === 'left' ? state.notice : { kind: 'gone', reason, name: visitorName(chat) };
  return { ...withoutTab(state, id), notice };
}

/** A chat that this agent had stays open after its end, until it is closed by hand. */
const isReadable = ({ stage }: Chat) => stage.kind === 'ended' && stage.acceptedAt !== null;

export function afterSignal(state: DeskState, id: ConversationId, signal: Signal): DeskState {
  return withChange(state, id, (chat) => {
    switch (signal.kind) {
      case 'typing':
        return signal.by === 'visitor' && chat.stage.kind === 'active' ? { ...chat, typing: signal.on } : chat;
      case 'presence':
        return { ...chat, connected: signal.connected, typing: chat.typing && signal.connected };
      case 'seen':
        return signal.seq > chat.seen ? { ...chat, seen: signal.seq } : chat;
      case 'place':
        return chat;
      default:
        return signal satisfies never;
    }
  });
}
