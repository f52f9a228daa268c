/** Where a colour is hard to see: on the light or the dark ground of the chat. Text on it can be read in any case. */
export interface AccentTrouble {
  readonly kind: 'light' | 'dark';
  readonly ratio: number;
  readonly least: number;
}

type Rgb = readonly [number, number, number];

/** The widget's own, see `widget/ui/styles.ts`. */
export const widgetPapers = { light: '#ffffff', dark: '#141b1d' } as const;

/** WCAG 2.2, of what has to be found, as buttons and the ring around what has the focus. */
const least = 3;

export function accentTroubles(accent: string): AccentTrouble[] {
  const colour = luminance(rgbOf(accent));
  const found = {
    light: contrast(colour, luminance(rgbOf(widgetPapers.light))),
    dark: contrast(colour, luminance(rgbOf(widgetPapers.dark))),
  };
  return (['light', 'dark'] as const)
    .filter((kind) => found[kind] < least)
    .map((kind) => ({ kind, ratio: found[kind], least }));
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
