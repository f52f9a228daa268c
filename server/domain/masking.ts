import type { SiteSettings } from '../../protocol/site-settings.ts';
import { glyphsOf } from './masking-glyphs.ts';
import { type Matcher, patternMatchers } from './masking-patterns.ts';
import { templateMatcher } from './masking-template.ts';

/** Puts a mark in the place of what nobody is to keep. What stays is as it was, to the byte. */
export interface Mask {
  text(text: string): string;
  /** In an address spaces and digits may be encoded. */
  address(url: string): string;
}

const mark = '•';
/** Without one there is nothing to look for: every pattern has digits. */
const number = /\p{N}/u;

/** Null where the site masks nothing. */
export function createMask({ patterns, templates }: SiteSettings['masking']): Mask | null {
  const matchers = [...patterns.map((name) => patternMatchers[name]), ...templates.map(templateMatcher)];
  if (matchers.length === 0) return null;
  const mask = (text: string, isAddress: boolean) => (number.test(text) ? masked(text, isAddress, matchers) : text);
  return { text: (text) => mask(text, false), address: (url) => mask(url, true) };
}

function masked(text: string, isAddress: boolean, matchers: readonly Matcher[]): string {
  const glyphs = glyphsOf(text, isAddress);
  const hidden = new Set<number>();
  for (const find of matchers)
    for (const { first, last } of find(glyphs)) for (let at = first; at <= last; at++) hidden.add(at);
  if (hidden.size === 0) return text;
  let result = '';
  let end = 0;
  for (const [at, { from, to }] of glyphs.entries()) {
    if (!hidden.has(at)) continue;
    result += text.slice(end, from) + mark;
    end = to;
  }
  return result + text.slice(end);
}
