const markup = Symbol('markup');

/** HTML that holds no text which was not encoded. */
export interface Markup {
  readonly [markup]: string;
}
type Part = string | Markup | readonly Markup[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template whose texts can't become markup: only what `html` made goes in as it is. */
export const html = (literals: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  [markup]: literals.reduce((all, literal, index) => all + encode(parts[index - 1] ?? '') + literal),
});

/** Of the program's own, which no text of anybody's is in. */
export const own = (text: string): Markup => ({ [markup]: text });

export const textOf = (made: Markup): string => made[markup];

function encode(part: Part): string {
  if (typeof part === 'string') return readable(part).replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
  return 'map' in part ? part.map(textOf).join('') : textOf(part);
}

/** Without controls that no screen shows, and some programs choke on. */
export const readable = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\t\n]/gu, '');
