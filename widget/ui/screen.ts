import type { ChatState, Standing } from '../chat-state.ts';
import type { Store } from '../store.ts';
import type { Speech } from '../texts/speech.ts';
import type { VisitorLine } from '../visitor-line.ts';

export type Talk = typeof import('./talk.tsx');

/**
 * What every view is drawn from. Views are plain functions of it without a state of their own, so the hooks of Preact
 * (a tenth of the budget) stay out.
 */
export interface Screen extends Standing {
  readonly store: Store<ChatState>;
  readonly state: ChatState;
  readonly t: Speech['t'];
  readonly language: string;
  readonly line: VisitorLine;
  /** How messages are shown; there once there is one to show. */
  readonly talk: Talk | undefined;
  wantTalk(): void;
  close(): void;
}
