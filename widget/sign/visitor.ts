import { SignError } from './sign-error.ts';

/** What your site knows for certain about the visitor in front of it. */
export interface Visitor {
  /**
   * Names this person for good at your site (a customer number, a user id): 1 to 255 characters. Whoever comes with the
   * same subject is shown the same earlier chats; another subject in the same browser is another person.
   */
  readonly subject: string;
  /**
   * What agents see with a lock beside it: at most 50 names of at most 64 characters, with texts of at most 1024
   * characters, finite numbers up to 2^53 - 1, or booleans. `name` and `email` spare the visitor being asked for them.
   * Names consist of letters and digits, with single spaces, `_` or `-` between them; docs/signing.md lists those that
   * are reserved.
   */
  readonly variables?: Readonly<Record<string, string | number | boolean>>;
  /**
   * The thumbprint (RFC 7638) that the widget hands to the `identify` callback. The token then names that browser's key
   * (`cnf.jkt`, RFC 7800) and is refused from every other browser: pass it on whenever you have it.
   */
  readonly thumbprint?: string;
}

/** The server's limits (`protocol/limits.ts`), said again here because this part stands alone. */
const mostVariables = 50;
const nameLength = 64;
const valueLength = 1024;
const subjectLength = 255;

const nameForm = /^[\p{L}\p{N}](?:[ _-]?[\p{L}\p{M}\p{N}])*$/u;
const control = /\p{Cc}/u;
const controlButTabAndLineEnds = /[^\P{Cc}\t\n\r]/u;

/** Finds what the server would refuse, while the developer can still see why. The server has the last word. */
export function checkVisitor({ subject, variables = {}, thumbprint }: Visitor): void {
  if (typeof subject !== 'string' || subject === '' || subject.length > subjectLength || control.test(subject))
    throw new SignError('subject', `\`subject\` is a text of 1 to ${subjectLength} characters that names the visitor.`);
  if (thumbprint !== undefined && !/^[A-Za-z0-9_-]{43}$/.test(thumbprint))
    throw new SignError(
      'thumbprint',
      '`thumbprint` is what the widget hands to the callback: 43 characters of base64url.',
    );
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables))
    throw new SignError('variables', '`variables` is an object of names and values.');
  const entries = Object.entries(variables);
  if (entries.length > mostVariables)
    throw new SignError('variables', `There are ${entries.length} variables; at most ${mostVariables} are taken.`);
  for (const [name, value] of entries) checkVariable(name, value);
}

function checkVariable(name: string, value: unknown): void {
  if (name.length > nameLength || !nameForm.test(name))
    throw new SignError(
      'variables',
      `The name ${JSON.stringify(name.slice(0, nameLength))} is not made of letters and digits, with single spaces, "_" ` +
        `or "-" between them, or has more than ${nameLength} characters.`,
    );
  if (!isFit(value))
    throw new SignError(
      'variables',
      `The value of ${JSON.stringify(name)} is not a text of at most ${valueLength} characters without controls, ` +
        'a number up to 2^53 - 1, true or false.',
    );
}

function isFit(value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  if (typeof value !== 'string') return typeof value === 'boolean';
  return Array.from(value).length <= valueLength && value.isWellFormed() && !controlButTabAndLineEnds.test(value);
}
