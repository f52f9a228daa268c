import { parseEmail } from '../domain/contact.ts';
import { HttpProblem } from './http-errors.ts';

/** As it is kept and looked up: in small letters. */
export function emailOf(text: string): string {
  const parsed = parseEmail(text);
  if (!parsed.ok) throw new HttpProblem('invalid_field', 'This is no e-mail address.', { field: 'email' });
  return parsed.value.toLowerCase();
}
