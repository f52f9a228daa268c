import { limits } from '../../protocol/limits.ts';
import type { ChatState } from '../chat-state.ts';
import type { Kept } from '../session-store.ts';

/** Where the survey stands: nothing to ask, asked, on its way, not taken, or answered. */
export interface SurveyState {
  readonly kind: 'none' | 'asked' | 'sending' | 'refused' | 'rated';
}

type Chat = Pick<ChatState, 'events' | 'unsent' | 'conversation'>;

/** @param now by the server's clock */
export function surveyStateOf({ events, unsent, conversation }: Chat, kept: Kept | null, now: number): SurveyState {
  const bodies = events.map(({ event }) => event.body.type);
  if (bodies.includes('rated')) return { kind: 'rated' };
  const given = unsent.find((entry) => entry.command.type === 'rate' && entry.conversation === conversation);
  if (given) return { kind: given.refused ? 'refused' : 'sending' };
  const endedAt = events.find(({ event }) => event.body.type === 'ended')?.event.at ?? 0;
  const isOver = now - endedAt > limits.ratingMs || kept?.skipped === conversation;
  return { kind: isOver || !bodies.includes('accepted') ? 'none' : 'asked' };
}
