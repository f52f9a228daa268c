import type { TSchema, TUnion } from 'typebox';
import { Compile } from 'typebox/compile';
import { limits } from '../../protocol/limits.ts';

export type ParsedFrame<Frame> =
  | { readonly ok: true; readonly frame: Frame }
  | {
      readonly ok: false;
      readonly code: 'malformed' | 'unknown_frame';
      readonly message: string;
      readonly field?: string;
    };

interface Problem {
  readonly keyword: string;
  readonly schemaPath: string;
  readonly params: { readonly requiredProperties?: readonly string[] };
  readonly instancePath: string;
  readonly message: string;
}

/**
 * The one way in for what sockets send. Total: any text gives a frame or a reason. The schemas are closed, so a member
 * that no schema names, `__proto__` among them, is refused and can reach no object of ours.
 */
export function createFrameParser<Frame>(union: TUnion): (text: string) => ParsedFrame<Frame> {
  const checks = new Map(union.anyOf.map((schema) => [typeOf(schema), Compile(schema)]));

  return (text) => {
    if (isTooDeep(text)) return malformed(`Frames are nested at most ${limits.frameDepth} deep.`);
    const value = parseJson(text);
    if (typeof value !== 'object' || value === null) return malformed('A frame is a JSON object.');
    const type = 'type' in value ? value.type : undefined;
    if (typeof type !== 'string') return malformed('A frame names its type.', 'type');
    const check = checks.get(type);
    if (!check) return { ok: false, code: 'unknown_frame', message: 'There is no frame of this type.', field: 'type' };
    if (check.Check(value)) return { ok: true, frame: value as Frame };
    return firstProblem(check.Errors(value) as unknown as Problem[]);
  };
}

const typeOf = (schema: TSchema): string =>
  (schema as unknown as { properties: { type: { const: string } } }).properties.type.const;

/** Half a surrogate pair can stand in JSON as an escape alone, and in no UTF-8: it becomes U+FFFD, for every reader alike. */
const halfPair = /\\u[dD][89a-fA-F]/;
const wellFormed = (_name: string, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value);

function parseJson(text: string): unknown {
  try {
    return halfPair.test(text) ? JSON.parse(text, wellFormed) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Looks before parsing, since the parser itself would follow any depth. Brackets within strings do not count. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > limits.frameDepth) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}

/** What says only that something below or above it is wrong. */
const echoes = new Set(['boolean', 'anyOf']);

/** Of a union of commands, what is wrong with the one that was meant: the one whose `type` is right. */
function firstProblem(problems: readonly Problem[]): ParsedFrame<never> {
  const notMeant = problems
    .filter(({ keyword, instancePath }) => keyword === 'const' && instancePath.endsWith('/type'))
    .map(({ schemaPath }) => schemaPath.replace(/\/properties\/type$/, '/'));
  const meant = problems.filter(({ schemaPath }) => !notMeant.some((branch) => `${schemaPath}/`.startsWith(branch)));
  const problem = meant.find(({ keyword }) => !echoes.has(keyword)) ?? problems[0];
  if (!problem) return malformed('The frame does not fit its schema.');
  const path = [...problem.instancePath.split('/').slice(1), ...(problem.params.requiredProperties?.slice(0, 1) ?? [])];
  const field = path.join('.');
  return malformed(`${field || 'The frame'} ${problem.message}.`, field || undefined);
}

const malformed = (message: string, field?: string): ParsedFrame<never> =>
  field === undefined ? { ok: false, code: 'malformed', message } : { ok: false, code: 'malformed', message, field };
