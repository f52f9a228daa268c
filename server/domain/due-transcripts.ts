import type { LogEvent } from './conversation.ts';
import { foldEmail } from './emails.ts';

/** What a reader of the log remembers: who waits for a transcript, and whether the conversation has ended. */
export interface TranscriptStanding {
  readonly hasEnded: boolean;
  readonly waiting: readonly { readonly email: string; readonly isConfirmed: boolean }[];
}
export const nobodyWaits: TranscriptStanding = { hasEnded: false, waiting: [] };

export interface DueMail {
  readonly kind: 'transcript' | 'confirmation';
  readonly email: string;
  /** The position in the log of what it follows from; a transcript tells what was said until then. */
  readonly seq: number;
  readonly at: number;
}

export const concernsTranscripts = ({ body }: Pick<LogEvent, 'body'>): boolean =>
  body.type === 'transcript' || body.type === 'confirmed' || body.type === 'ended';

/**
 * Which mails follow from these events: a confirmation at once where an address was only typed, and the transcript when
 * the address stands and the conversation has ended, whichever comes last. One transcript an address.
 */
export function dueTranscripts(
  before: TranscriptStanding,
  events: readonly LogEvent[],
): { readonly standing: TranscriptStanding; readonly due: readonly DueMail[] } {
  const due: DueMail[] = [];
  let standing = before;
  for (const event of events.filter(concernsTranscripts)) {
    const { seq, at, body } = event;
    standing = after(standing, body);
    if (body.type === 'transcript' && !body.verified) due.push({ kind: 'confirmation', email: body.email, seq, at });
    const [going, waiting] = split(standing);
    const addresses = new Map(going.map(({ email }) => [foldEmail(email), email]));
    for (const email of addresses.values()) due.push({ kind: 'transcript', email, seq, at });
    standing = { ...standing, waiting };
  }
  return { standing, due };
}

function after(standing: TranscriptStanding, body: LogEvent['body']): TranscriptStanding {
  const { waiting } = standing;
  if (body.type === 'ended') return { ...standing, hasEnded: true };
  if (body.type === 'transcript')
    return { ...standing, waiting: [...waiting, { email: body.email, isConfirmed: body.verified }] };
  if (body.type !== 'confirmed') return standing;
  const key = foldEmail(body.email);
  return {
    ...standing,
    waiting: waiting.map((one) => (foldEmail(one.email) === key ? { ...one, isConfirmed: true } : one)),
  };
}

function split({ hasEnded, waiting }: TranscriptStanding) {
  const going = waiting.filter(({ isConfirmed }) => hasEnded && isConfirmed);
  return [going, waiting.filter((one) => !going.includes(one))] as const;
}
