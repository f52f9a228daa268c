import type { VariableValue } from '../../protocol/entities.ts';
import type { Chat } from './chat.ts';
import { type Lock, lockOf } from './lock.ts';
import { plainLine } from './plain-text.ts';

export interface VariableRow {
  readonly name: string;
  /** The site's own word for it, if it has one. */
  readonly label: string | null;
  readonly value: VariableValue;
  readonly lock: Lock;
}

type Known = Pick<Chat, 'identity' | 'claims' | 'labels'>;

/** What the site names comes in the site's order, then who it is, then the rest as it came. */
function ranking(labels: Known['labels']) {
  const order = [...new Set([...Object.keys(labels), 'name', 'email'])];
  const ranks = new Map(order.map((name, rank) => [name, rank]));
  return (name: string) => ranks.get(name) ?? order.length;
}

/** Every variable once. What came with a token stands before what was merely said, whatever its lock is by now. */
export function variablesOf({ identity, claims, labels }: Known, now: number): VariableRow[] {
  const lock = lockOf(identity, now);
  const rank = ranking(labels);
  const signed =
    identity.kind === 'unknown' || !lock ? [] : identity.variables.map((variable) => ({ ...variable, lock }));
  const facts = new Set(signed.map(({ name }) => foldName(name)));
  const claimed = claims
    .filter(({ name }) => !facts.has(foldName(name)))
    .map((variable) => ({ ...variable, lock: { state: 'claimed', source: variable.source } as const }));
  return [...signed, ...claimed]
    .map(({ name, value, lock: own }) => ({ name, value, lock: own, label: labelOf(labels, name) }))
    .sort((one, other) => rank(one.name) - rank(other.name));
}

/** `E-Mail`, `e_mail` and `email` are one name: a claim must not stand beside the fact that it imitates. */
const foldName = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');

function labelOf(labels: Known['labels'], name: string): string | null {
  return Object.hasOwn(labels, name) ? (labels[name] ?? null) : null;
}

/** The visitor's name as one plain line; empty where none is known. */
export function visitorName(chat: Known): string {
  const row = variablesOf(chat, 0).find(({ name }) => name === 'name');
  return row ? plainLine(String(row.value)).slice(0, 120) : '';
}
