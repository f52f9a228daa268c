import type { EventBody, VerifiedVariable } from '../../protocol/entities.ts';
import { audienceOf } from './audience.ts';
import { parseEmail } from './contact.ts';
import type { Transcripts } from './conversation.ts';
import { isSameEmail } from './emails.ts';

export const noTranscripts: Transcripts = { hasWords: false, verified: null, typed: null, asked: [] };

/** The same object where nothing changes. */
export function transcriptsAfter(before: Transcripts, body: EventBody): Transcripts {
  switch (body.type) {
    case 'message':
    case 'offered':
      return before.hasWords || audienceOf(body) !== 'everyone' ? before : { ...before, hasWords: true };
    case 'verified':
      return { ...before, verified: addressIn(body.variables) };
    case 'unverified':
      return { ...before, verified: null };
    case 'claimed': {
      // What the page says comes again and again, what was typed comes once.
      const typed = addressIn(body.variables.filter(({ source }) => source === 'form'));
      return typed === null ? before : { ...before, typed };
    }
    case 'transcript':
      return { ...before, asked: [...before.asked, { email: body.email, isConfirmed: body.verified }] };
    case 'confirmed':
      return {
        ...before,
        asked: before.asked.map((one) => (isSameEmail(one.email, body.email) ? { ...one, isConfirmed: true } : one)),
      };
    default:
      return before;
  }
}

/** Null too where it is masked, or no address that a mail can go to. */
function addressIn(variables: readonly Pick<VerifiedVariable, 'name' | 'value'>[]): string | null {
  const email = variables.find(({ name }) => name === 'email')?.value;
  const parsed = typeof email === 'string' ? parseEmail(email) : null;
  return parsed?.ok ? parsed.value : null;
}
