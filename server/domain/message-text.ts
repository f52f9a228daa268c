import { limits } from '../../protocol/limits.ts';
import { codePoints } from './code-points.ts';
import { type Refusal, refuse } from './refusal.ts';

type MessageText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly refusal: Refusal };

/** Nothing in it shows: white space, controls, and marks of no width (General Category Z, Cc, Cf, and fillers). */
const invisible = /^[\p{Z}\p{Cc}\p{Cf}\u115F\u1160\u17B4\u17B5\u3164\uFFA0\u2800]*$/u;

export const isBlank = (text: string): boolean => invisible.test(text);

/**
 * The text of a message, kept exactly as written except that a lone surrogate, which no UTF-8 can carry, becomes
 * U+FFFD. Its length counts code points, so that an emoji costs one wherever it is counted.
 */
export function parseMessageText(input: string): MessageText {
  const text = input.toWellFormed();
  if (isBlank(text)) return { ok: false, refusal: refuse('invalid_field', 'The message is empty.', 'text') };
  if (text.length > limits.messageLength && codePoints(text) > limits.messageLength)
    return {
      ok: false,
      refusal: refuse('invalid_field', `The message is longer than ${limits.messageLength} characters.`, 'text'),
    };
  return { ok: true, text };
}
