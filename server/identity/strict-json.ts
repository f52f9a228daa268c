export type JsonObject = Readonly<Record<string, unknown>>;

const deepest = 8;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a JSON object in which nothing can mean two things: valid UTF-8, no member named twice at any depth (RFC 7515,
 * section 4 leaves it to the parser which of two wins), at most eight levels. Null for everything else.
 */
export function parseJsonObject(bytes: Uint8Array): JsonObject | null {
  try {
    const text = utf8.decode(bytes);
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && isUnambiguous(text) ? value : null;
  } catch {
    return null;
  }
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const structure = /"[^"\\]*(?:\\.[^"\\]*)*"(?<colon>[ \t\n\r]*:)?|[{}[\]]/g;

/** Of a text that is known to be JSON: there a string before a colon is a member's name, and brackets are in pairs. */
function isUnambiguous(text: string): boolean {
  const open: Set<string>[] = [];
  for (const { 0: token, groups } of text.matchAll(structure)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (groups?.colon !== undefined) {
      const names = open.at(-1);
      const name: string = JSON.parse(token.slice(0, -groups.colon.length));
      if (names?.has(name)) return false;
      names?.add(name);
    }
    if (open.length > deepest) return false;
  }
  return true;
}
