import type { LogEvent } from './conversation.ts';
import { foldName } from './variable-name.ts';

const name = foldName('email');

/** As two spellings of one address are alike. */
export const foldEmail = (email: string): string => email.trim().normalize('NFC').toLowerCase();
export const isSameEmail = (one: string, other: string): boolean => foldEmail(one) === foldEmail(other);

/** Every address that a visitor was known by in these events, or wanted to be written to at. */
export function emailsIn(events: readonly LogEvent[]): string[] {
  const found = new Set<string>();
  for (const { body } of events)
    if (body.type === 'transcript' && body.email !== '') found.add(foldEmail(body.email));
    else if (body.type === 'claimed' || body.type === 'verified')
      for (const variable of body.variables)
        if (foldName(variable.name) === name && variable.value !== '') found.add(foldEmail(String(variable.value)));
  return [...found];
}
