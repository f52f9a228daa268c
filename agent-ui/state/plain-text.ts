/**
 * A visitor's words for places that hold one line of text and can't isolate it (a name in a sentence, a window's title):
 * without control characters, without the marks that turn the direction of what comes after them, and without more
 * accents on one letter than any script has, which would be drawn over what stands above.
 */
export function plainLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
