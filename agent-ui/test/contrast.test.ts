import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Oklch = [lightness: number, chroma: number, hue: number];

const css = readFileSync(new URL('../tokens.css', import.meta.url), 'utf8');
const colour = (text: string): Oklch => text.split(' ').map(Number) as Oklch;

function readTokens(side: 'light' | 'dark') {
  const pairs = css.matchAll(/--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\)/g);
  return new Map(
    [...pairs].map(([, name = '', light = '', dark = '']) => [name, colour(side === 'light' ? light : dark)]),
  );
}

/** OKLCH to linear sRGB, after https://bottosson.github.io/posts/oklab/. */
function linearRgb([lightness, chroma, hue]: Oklch) {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return {
    red: 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    green: -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    blue: -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  };
}

function luminance(value: Oklch) {
  const { red, green, blue } = linearRgb(value);
  const clip = (part: number) => Math.min(1, Math.max(0, part));
  return 0.2126 * clip(red) + 0.7152 * clip(green) + 0.0722 * clip(blue);
}

function contrast(one: Oklch, other: Oklch) {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ['paper', 'paper-sunk', 'paper-raised', 'paper-hover'];
const text: Record<string, string[]> = {
  ink: [...surfaces, 'accent-soft', 'amber-soft', 'red-soft', 'green-soft'],
  'ink-soft': [...surfaces, 'accent-soft', 'amber-soft', 'red-soft', 'green-soft'],
  'accent-ink': [...surfaces, 'accent-soft'],
  'on-accent': ['accent', 'accent-strong'],
  amber: [...surfaces, 'amber-soft'],
  red: [...surfaces, 'red-soft'],
  green: [...surfaces, 'green-soft'],
};
const edges: Record<string, string[]> = { 'edge-strong': surfaces, accent: surfaces };

describe.each(['light', 'dark'] as const)('the %s palette', (side) => {
  const tokens = readTokens(side);
  const pairs = (list: Record<string, string[]>) =>
    Object.entries(list).flatMap(([front, backs]) => backs.map((back) => [front, back] as const));
  const measure = (front: string, back: string) => {
    const [one, other] = [tokens.get(front), tokens.get(back)];
    if (!one || !other) throw new Error(`tokens.css lacks --${front} or --${back}`);
    return contrast(one, other);
  };

  it.each(pairs(text))('lets --%s be read on --%s', (front, back) => {
    expect(measure(front, back)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pairs(edges))('shows an edge of --%s on --%s', (front, back) => {
    expect(measure(front, back)).toBeGreaterThanOrEqual(3);
  });
});
