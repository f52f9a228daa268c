import type { EventBody } from '../../protocol/entities.ts';
import type { IdentityClaim } from './command.ts';
import { no, notFound, type Rules, yes } from './decision.ts';
import { claimsMark, identityMark } from './known.ts';

/** What is known of the visitor, claimed or proved. Said again, it is no news. */
export const identityRules: Rules<'visit' | 'claim' | 'identify' | 'revoke'> = {
  visit(state, { page }) {
    if (state.phase === 'absent') return notFound();
    if (state.phase === 'ended' || state.request.page.url === page.url) return yes();
    return yes({ type: 'visited', page });
  },

  claim(state, { variables }) {
    if (state.phase === 'absent') return notFound();
    if (state.phase === 'ended' || state.request.claimed === claimsMark(variables)) return yes();
    return yes({ type: 'claimed', variables: [...variables] });
  },

  identify(state, { identity }) {
    if (state.phase === 'absent') return notFound();
    if (state.phase === 'ended' || state.request.identity === identityMark(identity)) return yes();
    const { subject } = state.request;
    if (identity.state === 'verified' && subject !== null && subject !== identity.verification.subject)
      return no('not_allowed', 'This conversation belongs to another visitor.');
    return yes(identityEvent(identity));
  },

  revoke(state, { keyId }) {
    if (state.phase === 'absent' || state.phase === 'ended' || state.request.keyId !== keyId) return yes();
    return yes({ type: 'unverified', check: 'key_revoked' });
  },
};

export const identityEvent = (identity: IdentityClaim): EventBody =>
  identity.state === 'verified'
    ? { type: 'verified', verification: identity.verification, variables: [...identity.variables] }
    : { type: 'unverified', check: identity.check };
