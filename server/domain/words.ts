/**
 * What counts as a word when chats are searched: the same for what is indexed and for what is asked, in both stores. Words
 * hold letters, digits and the signs that go with them, folded; so none of them can be taken for syntax of an index.
 */
export interface Word {
  readonly word: string;
  /** Where it stands in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** Code points; what is longer is no word that somebody types. */
const longestWord = 40;

const runs = /[\p{L}\p{N}\p{M}]+/gu;
/** Written without spaces: there a pair of letters stands for a word. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const pieces = new RegExp(`${unspaced.source}+|[^${unspaced.source.slice(1)}+`, 'gu');
/** What people leave out when they type: accents, and the points of Arabic and Hebrew. */
const leftOut = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]/g;
const noPartOfWords = /[^\p{L}\p{N}\p{M}]/gu;

/** The words of a text, in order. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: run, index } of text.matchAll(runs))
    if (unspaced.test(run)) words.push(...piecesOf(run, index));
    else add(words, run, index);
  return words;
}

/** Of a run that is at least in part of a text without spaces. */
function piecesOf(run: string, at: number): Word[] {
  const words: Word[] = [];
  for (const { 0: piece, index } of run.matchAll(pieces))
    if (unspaced.test(piece)) words.push(...pairsOf(piece, at + index));
    else add(words, piece, at + index);
  return words;
}

/** Whether it is part of a text without spaces: then a single letter says as much as a word. */
export const isUnspaced = (word: string): boolean => unspaced.test(word);

/** Each letter with the next, and the last alone, so that one letter is found by what begins with it. */
function pairsOf(piece: string, start: number): Word[] {
  const words: Word[] = [];
  const letters = [...piece];
  let at = start;
  for (const [place, letter] of letters.entries()) {
    add(words, letter + (letters[place + 1] ?? ''), at);
    at += letter.length;
  }
  return words;
}

function add(words: Word[], written: string, start: number): void {
  const word = fold(written);
  if (word !== '') words.push({ word, start, end: start + written.length });
}

/** Without accents and case, and what is written in two ways in one of them (Unicode, compatibility decomposition). */
function fold(written: string): string {
  const plain = /^[a-z0-9]*$/.test(written) ? written : foldAll(written);
  return plain.length > longestWord ? [...plain].slice(0, longestWord).join('') : plain;
}

const foldAll = (written: string): string =>
  written
    .normalize('NFKD')
    .replace(leftOut, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(leftOut, '')
    .replaceAll('ς', 'σ')
    .replace(noPartOfWords, '');
