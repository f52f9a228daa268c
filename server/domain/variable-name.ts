import { limits } from '../../protocol/limits.ts';
import { codePoints } from './code-points.ts';

/** Fields that the widget itself may ask for; written in any other way (`E-Mail`) they are still these. */
const wellKnown: ReadonlySet<string> = new Set(['name', 'email', 'phone', 'locale']);

/**
 * What the server says of a visitor, or what programs give a meaning to: a variable of that name could be taken for it.
 * Spelled as `foldName` leaves them. The last two lines are what every JavaScript object answers to.
 */
const reserved: ReadonlySet<string> = new Set(
  `id ip ipaddress role roles rights permissions verified unverified isverified lock
   isagent isadmin isstaff issupervisor issystem sub subject issuer kid keyid cnf
   session sessionid visitorid agentid conversationid queueid siteid organizationid
   proto constructor prototype hasownproperty isprototypeof propertyisenumerable tostring
   tolocalestring valueof definegetter definesetter lookupgetter lookupsetter`.split(/\s+/),
);

/**
 * Letters of other alphabets that are drawn like a Latin one, each before the letter it is taken for (after Unicode
 * TR 39, what of it survives lower case): Cyrillic, Greek, phonetic.
 */
const drawnAlike = new Map(
  [
    '\u0430a\u0432b\u0435e\u043Dh\u0456i\u0458j\u043Ak\u043Cm\u043Eo\u0440p\u0441c\u0455s\u0442t\u0443y\u0445x\u04BBh',
    '\u0501d\u051Bq\u051Dw\u04CFl\u0261g\u0251a\u0269i\u026Ai\u029Fl\u1D0Fo\u1D07e\u1D05d\u1D18p\u0280r',
    '\u03B1a\u03B2b\u03B5e\u03B9i\u03BAk\u03BCm\u03BDv\u03BFo\u03C1p\u03C4t\u03C5u\u03C7x\u03F2c\u03F3j',
  ]
    .join('')
    .match(/../gu)
    ?.map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);

const lookalikeScripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
  /\p{Script=Lisu}/u,
];

const form = /^[\p{L}\p{N}](?:[ _-]?[\p{L}\p{M}\p{N}])*$/u;
const unseen = /\p{Default_Ignorable_Code_Point}/u;
const piledUp = /\p{M}{4}/u;

export type VariableName =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly reason: string };

/** A name as it is kept and shown: letters and digits of any language, in words joined by a space, `_` or `-`. */
export function parseVariableName(input: string): VariableName {
  const name = input.normalize('NFKC');
  if (codePoints(name) > limits.variableNameLength)
    return refused(`A name has at most ${limits.variableNameLength} characters.`);
  if (!form.test(name) || unseen.test(name) || piledUp.test(name))
    return refused('A name consists of letters and digits, with single spaces, "_" or "-" between them.');
  if (name.split(/[ _-]/).some(mixesScripts))
    return refused('A word of a name keeps to one alphabet, since letters of several can look the same.');
  const folded = foldName(name);
  if (reserved.has(folded)) return refused('This name is reserved.');
  return { ok: true, name: wellKnown.has(folded) ? folded : name };
}

/** Two names that a person could take for one another fold to the same text; for comparing, never for showing. */
export function foldName(name: string): string {
  // By way of upper case: it alone joins ß with ss and the dotless i with i.
  const folded = name.normalize('NFKC').toUpperCase().toLowerCase();
  return Array.from(folded, (letter) => drawnAlike.get(letter) ?? letter)
    .join('')
    .replace(/[ _-]|\u0307/g, '');
}

const mixesScripts = (word: string): boolean => lookalikeScripts.filter((script) => script.test(word)).length > 1;
const refused = (reason: string) => ({ ok: false, reason }) as const;
