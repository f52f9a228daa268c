import type { ExcerptPart } from '../../protocol/chat-log.ts';
import type { Passage } from './passages.ts';
import { type Match, matchesIn, type SearchQuery } from './search-query.ts';

/** Code points before the first find, and in all. */
const before = 40;
const inAll = 180;

export interface Found<From extends Passage> {
  readonly passage: From;
  readonly excerpt: readonly ExcerptPart[];
}

interface Candidate<From extends Passage> {
  readonly passage: From;
  readonly matches: readonly Match[];
  readonly terms: number;
}

/**
 * The passage in which most of what is asked for stands, the first of them if several do. `isThere` is whether all of it
 * stands somewhere in them.
 */
export function findExcerpt<From extends Passage>(query: SearchQuery, passages: Iterable<From>) {
  const seen = new Set<number>();
  let best: Candidate<From> | null = null;
  for (const passage of passages) {
    const matches = matchesIn(query, passage.text);
    const terms = new Set(matches.map(({ term }) => term));
    for (const term of terms) seen.add(term);
    if (terms.size > (best?.terms ?? 0)) best = { passage, matches, terms: terms.size };
  }
  const found: Found<From> | null = best && { passage: best.passage, excerpt: cut(best.passage.text, best.matches) };
  return { isThere: seen.size === query.length, found };
}

/** In plain pieces, so that no screen has to take markup out of a text again. */
function cut(text: string, matches: readonly Match[]): ExcerptPart[] {
  const from = beginning(text, matches[0]?.start ?? 0);
  const until = from + [...text.slice(from, from + 2 * inAll)].slice(0, inAll).join('').length;
  const parts: ExcerptPart[] = from > 0 ? [{ text: '…', isMatch: false }] : [];
  let at = from;
  for (const { start, end } of matches) {
    if (start < at || start >= until) continue;
    const stop = Math.min(end, until);
    parts.push({ text: text.slice(at, start), isMatch: false }, { text: text.slice(start, stop), isMatch: true });
    at = stop;
  }
  parts.push({ text: text.slice(at, until), isMatch: false });
  if (until < text.length) parts.push({ text: '…', isMatch: false });
  return parts.filter((part) => part.text !== '');
}

/** At a space where there is one, and never between the halves of a letter. */
function beginning(text: string, first: number): number {
  if (first <= before) return 0;
  const lead = [...text.slice(Math.max(0, first - 2 * before), first)].slice(-before).join('');
  const space = lead.search(/\s/);
  return first - lead.length + (space < 0 ? 0 : space + 1);
}
