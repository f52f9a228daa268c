import type { VariableValue } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import { codePoints } from './code-points.ts';
import { foldName, parseVariableName } from './variable-name.ts';

/** A map, so that no name can reach a prototype. */
export type Variables = ReadonlyMap<string, VariableValue>;

export type ParsedVariables =
  | { readonly ok: true; readonly variables: Variables }
  /** `field` is `variables.<name>`, or `variables[<place>]` where the name itself is not fit to be repeated. */
  | { readonly ok: false; readonly field: string; readonly reason: string };

/** Controls other than tab and line ends: PostgreSQL keeps no NUL, and no screen shows the rest. */
const control = /[^\P{Cc}\t\n\r]/u;

/**
 * The variables of a token or of a page: an object of scalars, all of it or nothing. The same rules for both, so that
 * what is claimed can be compared with what is verified. Absent is none.
 */
export function parseVariables(input: unknown): ParsedVariables {
  if (input === undefined) return { ok: true, variables: new Map() };
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return refused('variables', 'Variables are an object of names and values.');
  const entries = Object.entries(input);
  if (entries.length > limits.variables) return refused('variables', `There are more than ${limits.variables}.`);

  const variables = new Map<string, VariableValue>();
  const folded = new Set<string>();
  for (const [place, [key, value]] of entries.entries()) {
    const name = parseVariableName(key);
    if (!name.ok) return refused(`variables[${place}]`, name.reason);
    const field = `variables.${name.name}`;
    if (!isScalar(value)) return refused(field, 'A value is a text, a number, true or false.');
    const problem = valueProblem(value);
    if (problem) return refused(field, problem);
    const fold = foldName(name.name);
    if (folded.has(fold)) return refused(field, 'Another name looks the same.');
    folded.add(fold);
    variables.set(name.name, value);
  }
  return { ok: true, variables };
}

/** What was only claimed, without the names that are verified as well: a claim never stands beside or before a fact. */
export function withoutVerified<Claim extends { readonly name: string }>(
  claims: readonly Claim[],
  verified: Iterable<{ readonly name: string }>,
): Claim[] {
  const facts = new Set(Array.from(verified, ({ name }) => foldName(name)));
  return claims.filter(({ name }) => !facts.has(foldName(name)));
}

const isScalar = (value: unknown): value is VariableValue => ['string', 'number', 'boolean'].includes(typeof value);

function valueProblem(value: VariableValue): string | null {
  if (typeof value === 'number') {
    // Beyond 2^53 another number would be shown than was signed.
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return null;
    return 'A number must not exceed 2^53 - 1; send a longer one as text.';
  }
  if (typeof value === 'boolean') return null;
  if (codePoints(value) > limits.variableValueLength)
    return `A value has at most ${limits.variableValueLength} characters.`;
  if (!value.isWellFormed() || control.test(value)) return 'A text has no control characters or half surrogates.';
  return null;
}

const refused = (field: string, reason: string) => ({ ok: false, field, reason }) as const;
