import type { Action } from '../state/action.ts';
import { type DeskState, selectedChat } from '../state/desk-state.ts';

export type KeyMeaning =
  | Action
  | { readonly type: 'show-keys' }
  | { readonly type: 'to-message' }
  | { readonly type: 'leave' };

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** What a key means at the desk, if anything. `isWriting`: it was pressed in a field, which has its own use for most keys. */
export function meaningOf(press: Press, state: DeskState, isWriting: boolean): KeyMeaning | null {
  const { key, code, altKey } = press;
  const isCommand = press.ctrlKey || press.metaKey;
  const chat = selectedChat(state);
  if (altKey && !isCommand) {
    if (key === 'ArrowUp') return { type: 'walk', step: -1 };
    if (key === 'ArrowDown') return { type: 'walk', step: 1 };
    // By its place: with Alt, a Mac types another letter there.
    if (code === 'KeyW' && chat) return { type: 'close', conversation: chat.id };
    if (code === 'KeyP' && chat?.stage.kind === 'active')
      return { type: 'set-private', conversation: chat.id, isPrivate: !chat.isPrivate };
    if (code === 'KeyM' && chat) return { type: 'to-message' };
  }
  if (isCommand && chat?.stage.kind === 'request') {
    if (key === 'Enter') return { type: 'accept', conversation: chat.id };
    if (key === 'Backspace' && !isWriting) return { type: 'decline', conversation: chat.id };
  }
  if (key === 'Escape') return { type: 'leave' };
  if (key === '?' && !isWriting && !isCommand && !altKey) return { type: 'show-keys' };
  return null;
}
