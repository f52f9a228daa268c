/** The length of a text as people count it, near enough: an emoji outside the BMP is one, not two. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
