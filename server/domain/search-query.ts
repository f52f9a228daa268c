import { limits } from '../../protocol/limits.ts';
import { isUnspaced, type Word, wordsOf } from './words.ts';

/** Words that stand side by side; of one that is open, the last may go on: `fact` finds `factuur`. */
export interface Term {
  readonly words: readonly string[];
  readonly isOpen: boolean;
}

/** All of them must be in a chat, wherever in it. Never empty. */
export type SearchQuery = readonly Term[];

export type ParsedQuery =
  | { readonly kind: 'query'; readonly query: SearchQuery }
  /** Nothing in it can be searched for: signs alone. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'too_many' };

/** A quotation that is not closed goes to the end, as one that is still being typed. */
const parts = /"([^"]*)("|$)|[^\s"]+/gu;
/** Of quotation marks as word processors and telephones write them. */
const quotes = /[“”„«»″]/g;

/**
 * Reads what somebody typed: words, each from its beginning; `"in quotes"`, exactly and side by side. There is nothing else
 * to it, so there is nothing that a text could be refused for but having no words, or too many. Total.
 */
export function parseQuery(text: string): ParsedQuery {
  const terms: Term[] = [];
  for (const [part, quoted, end] of text.replace(quotes, '"').matchAll(parts)) {
    const words = wordsOf(quoted ?? part).map(({ word }) => word);
    const isOpen = quoted === undefined || end !== '"';
    if (words.length > 0) terms.push(termOf(words, isOpen));
  }
  const count = terms.reduce((sum, { words }) => sum + words.length, 0);
  if (count === 0) return { kind: 'empty' };
  return count > limits.searchWords ? { kind: 'too_many' } : { kind: 'query', query: terms };
}

/** A single `a` begins too much. Where letters stand for words, the pair before has the last one in it already. */
function termOf(words: readonly string[], isOpen: boolean): Term {
  const last = words.at(-1) ?? '';
  const isAlone = [...last].length === 1;
  if (!isUnspaced(last)) return { words, isOpen: isOpen && !isAlone };
  return { words: isUnspaced(words.at(-2) ?? '') ? words.slice(0, -1) : words, isOpen: true };
}

/** What an index that knows no order is asked: each of these words, or one that begins like it. */
export function indexWords(query: SearchQuery): { readonly word: string; readonly isOpen: boolean }[] {
  const asked = new Map<string, boolean>();
  for (const { words, isOpen } of query)
    for (const [place, word] of words.entries()) {
      const mayGoOn = isOpen && place === words.length - 1;
      // Asked for in both ways, the exact one says more.
      asked.set(word, mayGoOn && (asked.get(word) ?? true));
    }
  return [...asked].map(([word, mayGoOn]) => ({ word, isOpen: mayGoOn }));
}

/** Whether only a look at the text can tell: an index knows which words there are, and not that they stand together. */
export const needsLook = (query: SearchQuery): boolean => query.some(({ words }) => words.length > 1);

export interface Match {
  /** Which of the query's terms, by place. */
  readonly term: number;
  readonly start: number;
  readonly end: number;
}

/** Where a text has what is asked for, in order. */
export function matchesIn(query: SearchQuery, text: string): Match[] {
  const words = wordsOf(text);
  const found: Match[] = [];
  for (const [place, first] of words.entries())
    for (const [term, { words: wanted, isOpen }] of query.entries()) {
      const last = words[place + wanted.length - 1];
      if (last && isAt(words, place, wanted, isOpen)) found.push({ term, start: first.start, end: last.end });
    }
  return found;
}

const isAt = (words: readonly Word[], from: number, wanted: readonly string[], isOpen: boolean): boolean =>
  wanted.every((want, place) => {
    const word = words[from + place]?.word ?? '';
    return isOpen && place === wanted.length - 1 ? word.startsWith(want) : word === want;
  });
