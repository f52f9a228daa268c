import type { Numbered } from '../../client/timeline.ts';
import type { Chat } from './chat.ts';

/** What an agent who looks elsewhere must hear of. */
export type News =
  | { readonly kind: 'request'; readonly chat: Chat }
  | { readonly kind: 'message'; readonly chat: Chat; readonly text: string }
  /** To an offer. */
  | { readonly kind: 'answer'; readonly chat: Chat }
  | { readonly kind: 'ended'; readonly chat: Chat };

/** `chat` is how it stands after the event. */
export function newsOf(chat: Chat, { event }: Numbered): News | null {
  const { stage } = chat;
  if (event.body.type === 'presented' || event.body.type === 'asked')
    return stage.kind === 'request' ? { kind: 'request', chat } : null;
  if (event.by.kind === 'agent') return null;
  if (event.body.type === 'answered') return stage.kind === 'active' ? { kind: 'answer', chat } : null;
  if (event.body.type === 'message')
    return stage.kind === 'active' ? { kind: 'message', chat, text: event.body.text } : null;
  if (event.body.type === 'ended' && stage.kind === 'ended' && stage.acceptedAt !== null)
    return { kind: 'ended', chat };
  return null;
}
