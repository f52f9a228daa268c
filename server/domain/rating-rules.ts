import { limits } from '../../protocol/limits.ts';
import { codePoints } from './code-points.ts';
import type { Command } from './command.ts';
import { no, notFound, type Rules, yes } from './decision.ts';
import { isBlank } from './message-text.ts';

/** The visitor says once how it was, and not before it is over. */
export const ratingRules: Rules<'rate'> = {
  rate(state, command, { now }) {
    const { score, asks } = command;
    if (state.phase === 'absent') return notFound();
    if (state.phase !== 'ended') return no('wrong_state', 'This conversation goes on; rate it when it has ended.');
    if (state.isRated) return no('already_answered', 'This conversation was rated before; that stands.');
    if (!state.request.answeredBy) return no('not_allowed', 'Nobody has accepted this conversation.');
    if (asks === 'nothing') return no('not_allowed', 'This site does not ask how it was.');
    if (now - state.endedAt > limits.ratingMs) return no('not_allowed', 'This conversation ended too long ago.');
    if (!Number.isInteger(score) || score < 1 || score > limits.scoreMost)
      return no('invalid_field', `A score is 1 to ${limits.scoreMost}.`, 'score');
    const comment = commentOf(command);
    if (comment === undefined) return yes({ type: 'rated', score });
    if (asks !== 'comment') return no('invalid_field', 'This site asks for no words.', 'comment');
    if (codePoints(comment) > limits.ratingCommentLength)
      return no('invalid_field', `A comment has at most ${limits.ratingCommentLength} characters.`, 'comment');
    return yes({ type: 'rated', score, comment });
  },
};

/** As it is kept; one without anything to see is none. */
export function commentOf({ comment }: Pick<Extract<Command, { type: 'rate' }>, 'comment'>): string | undefined {
  const text = comment?.toWellFormed() ?? '';
  return isBlank(text) ? undefined : text;
}
