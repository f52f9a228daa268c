/** A part of a file of the store that reads, changes or deletes rows, and for how many tables it does not say whose. */
export interface Query {
  /** `agents.find`. */
  readonly name: string;
  /** Of tenants, and without a condition that names the organization. */
  readonly unscoped: readonly string[];
}

interface Part {
  readonly name: string;
  /** Whether only what stands in the same file can call it. */
  readonly isPrivate: boolean;
  text: string;
}

// As the formatter lays them out: a declaration, a function within a factory, a member of what a factory returns.
const declaration = /^(export )?(?:async )?(?:function|const) (\w+)/;
const factory = /^export function create/;
const within = /^ {2}(?:(?:async )?function (\w+)|const (\w+) = (?:async )?\(|const (\w+) = sql)/;
const member = /^ {4}(?:async )?(\w+)(?:: |\()/;

const named = /\.(?:selectFrom|updateTable|deleteFrom)\(\s*'(\w+)/g;
const written = /\b(?:from|join|update) ([a-z_]+)\b/g;
const condition = /\.where(?:Ref)?\(\s*'(?:\w+\.)?organization', '='|\borganization = /g;

/** What is inserted is left out: a row says whose it is, or the table refuses it. */
export function queriesIn(file: string, source: string, tenants: ReadonlySet<string>): Query[] {
  const parts = partsOf(source);
  return parts
    .filter(({ isPrivate }) => !isPrivate)
    .map((part) => ({ name: `${file}.${part.name}`, unscoped: unscopedIn(part, parts, tenants) }))
    .filter(({ unscoped }) => unscoped.length > 0);
}

function partsOf(source: string): Part[] {
  const parts: Part[] = [];
  let isFactory = false;
  for (const line of source.split('\n')) {
    const top = declaration.exec(line);
    if (top) isFactory = factory.test(line);
    const inner = isFactory ? within.exec(line) : null;
    const outer = isFactory ? member.exec(line) : null;
    const name = top?.[2] ?? inner?.[1] ?? inner?.[2] ?? inner?.[3] ?? outer?.[1];
    if (name) parts.push({ name, isPrivate: outer === null && top?.[1] === undefined, text: '' });
    const part = parts.at(-1);
    if (part && !/^\s*(\/\/|\/?\*)/.test(line)) part.text += `${line}\n`;
  }
  return parts;
}

/** A condition of the part that calls another counts for both: builders of queries are completed by who uses them. */
function unscopedIn(part: Part, parts: readonly Part[], tenants: ReadonlySet<string>): string[] {
  const used = usedBy(part, parts);
  const tables = used.flatMap(({ text }) =>
    [...text.matchAll(named), ...text.matchAll(written)].flatMap(([, table = '']) => (tenants.has(table) ? table : [])),
  );
  const conditions = used.flatMap(({ text }) => [...text.matchAll(condition)]).length;
  return tables.slice(0, Math.max(0, tables.length - conditions));
}

function usedBy(part: Part, parts: readonly Part[], found: Part[] = []): Part[] {
  if (found.includes(part)) return found;
  found.push(part);
  for (const other of parts)
    if (other.isPrivate && new RegExp(`(?<![.\\w'])${other.name}[(}).]`).test(part.text)) usedBy(other, parts, found);
  return found;
}
