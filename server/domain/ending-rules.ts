import { limits } from '../../protocol/limits.ts';
import { codePoints } from './code-points.ts';
import { agentsIn, ended, isWith, no, notFound, notYours, type Rules, yes } from './decision.ts';
import { endOfInvitation } from './invitation-rules.ts';

/** How a conversation ends, and what is noted of it. */
export const endingRules: Rules<'end' | 'abandon' | 'sign_out' | 'classify'> = {
  end(state, _command, { by }) {
    if (state.phase === 'absent') return notFound();
    if (state.phase === 'ended') return ended();
    if (by.kind === 'agent' && !isWith(state, by.agent)) return notYours(state);
    return yes(...endOfInvitation(state), { type: 'ended', reason: by.kind === 'agent' ? 'agent' : 'visitor' });
  },

  abandon(state) {
    if (state.phase !== 'waiting' && state.phase !== 'presented') return yes();
    return yes({ type: 'ended', reason: 'abandoned' });
  },

  sign_out(state) {
    if (state.phase === 'absent' || state.phase === 'ended') return yes();
    return yes(...endOfInvitation(state), { type: 'ended', reason: 'signed_out' });
  },

  /** Also when it is over: that is when the agent knows. */
  classify(state, { category, note }, { by }) {
    if (state.phase === 'absent' || by.kind !== 'agent') return notFound();
    const agents = state.phase === 'ended' ? [state.agent, ...state.guests] : agentsIn(state);
    if (!agents.some((agent) => agent?.id === by.agent.id))
      return no('not_allowed', 'This conversation is not with you (any more).');
    if (note !== undefined && codePoints(note) > limits.noteLength)
      return no('invalid_field', `A note has at most ${limits.noteLength} characters.`, 'note');
    return yes({
      type: 'classified',
      ...(category !== undefined && { category: category.toWellFormed() }),
      ...(note !== undefined && { note: note.toWellFormed() }),
    });
  },
};
