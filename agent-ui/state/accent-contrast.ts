/** What is hard to see in a colour: text on it, or itself on the light or the dark ground of the chat. */
export interface AccentTrouble {
  readonly kind: 'text' | 'light' | 'dark';
  readonly ratio: number;
  readonly least: number;
}

type Rgb = readonly [number, number, number];

/** The widget's own, see `widget/ui/styles.ts`. */
export const widgetPapers = { light: '#ffffff', dark: '#141b1d' } as const;

/** WCAG 2.2: 4.5 for text, 3 for what has to be found, as buttons and the ring around what has the focus. */
const least = { text: 4.5, light: 3, dark: 3 } as const;

export function accentTroubles(accent: string): AccentTrouble[] {
  const colour = luminance(rgbOf(accent));
  // The widget writes in black or white, by the colour's lightness.
  const ink = lightness(rgbOf(accent)) < 0.56 ? 1 : 0;
  const found = {
    text: contrast(colour, ink),
    light: contrast(colour, luminance(rgbOf(widgetPapers.light))),
    dark: contrast(colour, luminance(rgbOf(widgetPapers.dark))),
  };
  return (['text', 'light', 'dark'] as const)
    .filter((kind) => found[kind] < least[kind])
    .map((kind) => ({ kind, ratio: found[kind], least: least[kind] }));
}

/** Of `#0f766e`, linear and from 0 to 1. */
function rgbOf(hex: string): Rgb {
  const part = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

const contrast = (one: number, other: number): number => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

/** The L of OKLCH: https://bottosson.github.io/posts/oklab/ */
function lightness([r, g, b]: Rgb): number {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
}
