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
    auditChanges(was[name], is[name], path ? `${path}.${name}` : name),
  );
}

const isAbsent = (value: unknown) => value === undefined || value === null;
const isSame = (before: unknown, after: unknown) => JSON.stringify(before) === JSON.stringify(after);

/** A value as people read it; null where there is nothing to read. */
export function auditValue(value: unknown): string | null {
  if (isAbsent(value) || value === '') return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(entryOf).join(', ');
  return entryOf(value);
}

/** An entry of a list that has a name is told by it; another by its values. */
function entryOf(entry: unknown): string {
  if (!isPlain(entry)) return String(entry);
  if (typeof entry.name === 'string' && Object.keys(entry).length <= 2) return entry.name;
  return Object.values(entry).map(entryOf).join(' ');
}
