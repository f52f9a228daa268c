/**
 * A visitor's words for places that can't isolate them: without the marks that turn the direction of what comes after,
 * and without more accents on one letter than any script has, which would be drawn over what stands beside it.
 */
export function plainText(text: string): string {
  return text.replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '').replace(/(\p{M}{4})\p{M}+/gu, '$1');
}

/** The same where there is room for one line only (a name in a sentence, a window's title): without control characters. */
export function plainLine(text: string): string {
  return plainText(text.replace(/[\p{Cc}\u2028\u2029]/gu, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}
