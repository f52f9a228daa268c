import type { OpeningHours } from '../../protocol/queue-settings.ts';

/** One thing that is another after a change: where it stands, and what it was and is; undefined where it was or is not there. */
export interface AuditChange {
  /** `hours.timeZone`: the names on the way to it. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

type Plain = Readonly<Record<string, unknown>>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What differs between two states, each at the place where it does. Lists are told as a whole: what moved within one has no
 * place of its own.
 */
export function auditChanges(before: unknown, after: unknown, path = ''): AuditChange[] {
  const inside = isPlain(before) || isPlain(after);
  const bothOrOne = (isPlain(before) || isAbsent(before)) && (isPlain(after) || isAbsent(after));
  if (!inside || !bothOrOne) return isSame(before, after) ? [] : [{ path, before, after }];
  const [was, is] = [isPlain(before) ? before : {}, isPlain(after) ? after : {}];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((name) =>
    auditChanges(own(was, name), own(is, name), path ? `${path}.${name}` : name),
  );
}

/** A variable may be called `constructor`, which every object has. */
const own = (state: Plain, name: string) => (Object.hasOwn(state, name) ? state[name] : undefined);

const isAbsent = (value: unknown) => value === undefined || value === null;
const isSame = (before: unknown, after: unknown) => JSON.stringify(before) === JSON.stringify(after);

/** What a day of the week is called: 1 is Monday. */
type Weekday = (day: number) => string;

/** A value as people read it; null where there is nothing to read. */
export function auditValue(value: unknown, weekday: Weekday): string | null {
  if (isAbsent(value) || value === '') return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((entry) => entryOf(entry, weekday)).join(', ');
  return entryOf(value, weekday);
}

/** An entry of a list that has a name is told by it, times of the week as they are spoken of; another by its values. */
function entryOf(entry: unknown, weekday: Weekday): string {
  if (!isPlain(entry)) return String(entry);
  if (isTimes(entry)) return `${weekday(entry.day)} ${entry.from}–${entry.to}`;
  if (typeof entry.name === 'string' && Object.keys(entry).length <= 2) return entry.name;
  return Object.values(entry)
    .map((one) => entryOf(one, weekday))
    .join(' ');
}

const isTimes = (entry: Plain): entry is Plain & OpeningHours['week'][number] =>
  typeof entry.day === 'number' && entry.day >= 1 && entry.day <= 7 && 'from' in entry && 'to' in entry;
