import { limits } from '../../protocol/limits.ts';
import { codePoints } from './code-points.ts';
import { type Refusal, refuse } from './refusal.ts';

type Parsed = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly refusal: Refusal };

const control = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const seen = /[\p{L}\p{N}\p{S}\p{P}]/u;
/** One address and nothing else: no display name, no quoting, no list; each label as DNS has it, in any alphabet. */
const local = /^[^\s\p{C}"(),:;<>@[\\\]]{1,64}$/u;
const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

/** What a visitor typed as their name. */
export function parseName(input: string): Parsed {
  const name = input.toWellFormed().trim();
  if (control.test(name) || !seen.test(name)) return refused('name', 'The name is empty, or has control characters.');
  if (codePoints(name) > limits.nameLength)
    return refused('name', `The name is longer than ${limits.nameLength} characters.`);
  return { ok: true, value: name };
}

/** What a visitor typed as their e-mail address; that it exists, nobody can tell from its shape. */
export function parseEmail(input: string): Parsed {
  const email = input.trim();
  const at = email.indexOf('@');
  const labels = email.slice(at + 1).split('.');
  const fits =
    email.length <= limits.emailLength &&
    local.test(email.slice(0, Math.max(at, 0))) &&
    labels.length > 1 &&
    labels.every((part) => label.test(part));
  return fits ? { ok: true, value: email } : refused('email', 'This is not an e-mail address.');
}

const refused = (field: string, message: string) => ({
  ok: false as const,
  refusal: refuse('invalid_field', message, field),
});
