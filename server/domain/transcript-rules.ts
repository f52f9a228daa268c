import { limits } from '../../protocol/limits.ts';
import { parseEmail } from './contact.ts';
import type { Transcripts } from './conversation.ts';
import { type Decision, no, notFound, type Rules, yes } from './decision.ts';
import { isSameEmail } from './emails.ts';

/** Who gets a transcript. During the conversation it is only noted: it goes once the conversation has ended. */
export const transcriptRules: Rules<'transcript' | 'confirm'> = {
  transcript(state, { email }, { by }) {
    if (state.phase === 'absent') return notFound();
    const { transcripts } = state.request;
    return by.kind === 'system' ? unasked(transcripts) : asked(transcripts, email);
  },

  /** Said twice, it is no news. */
  confirm(state, { email }) {
    if (state.phase === 'absent') return notFound();
    const waits = state.request.transcripts.asked.some((one) => !one.isConfirmed && isSameEmail(one.email, email));
    return waits ? yes({ type: 'confirmed', email }) : yes();
  },
};

/** The address that the site vouches for comes before any that is typed, so that nobody can turn it aside (E168). */
function asked({ verified, hasWords, asked }: Transcripts, typed = ''): Decision {
  if (asked.length >= limits.transcriptsPerConversation)
    return no('too_many', `A transcript is asked for ${limits.transcriptsPerConversation} times at most.`);
  const address = verified === null ? parseEmail(typed) : { ok: true as const, value: verified };
  if (!address.ok) return no(address.refusal.code, address.refusal.message, address.refusal.field);
  // Words that the visitor can't see are none: an answer must not tell that there are some (P122).
  if (!hasWords) return no('wrong_state', 'Nothing has been said yet that could be sent.');
  return yes({ type: 'transcript', email: address.value, verified: verified !== null });
}

/** Nothing where there is nobody to send it to, nothing to send, or where they have asked for it themselves. */
function unasked({ verified, typed, hasWords, asked }: Transcripts): Decision {
  const email = verified ?? typed;
  if (email === null || !hasWords || asked.some((one) => isSameEmail(one.email, email))) return yes();
  return yes({ type: 'transcript', email, verified: verified !== null });
}
