import type { ChatState, Standing } from '../chat-state.ts';
import type { Store } from '../store.ts';
import type { Catalogues, Speech } from '../texts/speech.ts';
import type { VisitorLine } from '../visitor-line.ts';

/** The parts of the screen that are fetched when there is something for them to show. */
export interface Parts {
  readonly talk?: typeof import('./talk.tsx') | undefined;
  readonly offer?: typeof import('./offer.tsx') | undefined;
  readonly away?: typeof import('./away.tsx') | undefined;
  readonly survey?: typeof import('./survey.tsx') | undefined;
  readonly transcript?: typeof import('./transcript.tsx') | undefined;
  readonly files?: typeof import('./files.tsx') | undefined;
}

/** What a part brings along. */
export interface Part {
  readonly texts: Catalogues;
  readonly styles: string;
}

/**
 * What every view is drawn from. Views are plain functions of it without a state of their own, so the hooks of Preact
 * (a tenth of the budget) stay out.
 */
export interface Screen extends Standing, Parts {
  readonly store: Store<ChatState>;
  readonly state: ChatState;
  readonly t: Speech['t'];
  readonly language: string;
  readonly line: VisitorLine;
  readonly root: ShadowRoot;
  /** Ends when the chat leaves the page. */
  readonly life: AbortSignal;
  /** Fetches a part, once; the screen is drawn again when it is there. */
  want<Name extends keyof Parts>(name: Name, load: () => Promise<NonNullable<Parts[Name]> & Part>): void;
  wantTalk(): void;
  close(): void;
}
