import type { ConversationId } from '../../protocol/ids.ts';
import type { Chat } from './chat.ts';
import type { DeskState } from './desk-state.ts';

type Tabs = Pick<DeskState, 'chats' | 'selected'>;

/** A new tab goes to the end, where it moves no other; it comes to the front only where none is open. */
export function withTab<State extends Tabs>(state: State, chat: Chat): State {
  return { ...state, chats: [...state.chats, chat], selected: state.selected ?? chat.id };
}

/** The next tab takes the place of one that closes, or the one before it at the end of the list. */
export function withoutTab<State extends Tabs>(state: State, id: ConversationId): State {
  const at = state.chats.findIndex((chat) => chat.id === id);
  if (at < 0) return state;
  const chats = state.chats.toSpliced(at, 1);
  const selected = state.selected === id ? ((chats[at] ?? chats.at(-1))?.id ?? null) : state.selected;
  return { ...state, chats, selected };
}

export function withChange<State extends Tabs>(state: State, id: ConversationId, change: (chat: Chat) => Chat): State {
  return { ...state, chats: state.chats.map((chat) => (chat.id === id ? change(chat) : chat)) };
}

/** Round and round; from nowhere, the first step goes to the nearer end. */
export function neighbour({ chats, selected }: Tabs, step: 1 | -1): ConversationId | null {
  if (chats.length === 0) return null;
  const at = chats.findIndex((chat) => chat.id === selected);
  const next = at < 0 ? (step > 0 ? 0 : -1) : (at + step) % chats.length;
  return chats.at(next)?.id ?? null;
}

export interface Waiting {
  readonly requests: number;
  readonly unread: number;
  /** Whose messages they are, where they are one visitor's. */
  readonly only: Chat | null;
}

/** What the window's title tells of. */
export function waitingIn({ chats }: Tabs): Waiting {
  const requests = chats.filter(({ stage }) => stage.kind === 'request').length;
  const talking = chats.filter(({ stage, unread }) => stage.kind !== 'request' && unread > 0);
  const unread = talking.reduce((sum, chat) => sum + chat.unread, 0);
  return { requests, unread, only: talking.length === 1 ? (talking[0] ?? null) : null };
}
