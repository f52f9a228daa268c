import { expect, test } from 'vitest';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();

/** Around where black and white read equally well, and where lightness and luminance differ most. */
const accents = ['#767676', '#747474', '#a005f5', '#e11d48', '#ff0000', '#0000ff', '#00ff00', '#3b82f6', '#0f766e'];

test('whatever colour a site chooses, what stands on it can be read (WCAG 2.2, 1.4.3)', async () => {
  const desk = await openDesk();
  const visitor = await desk.visitor('/help');
  await visitor.visit('/help');
  const button = visitor.page.getByRole('button', { name: 'Open chat' });
  for (const accent of accents) {
    await visitor.page.locator('balie-chat').evaluate((host: HTMLElement, colour) => {
      host.style.setProperty('--balie-accent', colour);
    }, accent);
    // As the browser paints them.
    const painted = await button.evaluate((element) => {
      const { color, backgroundColor } = getComputedStyle(element);
      return [color, backgroundColor].map((colour) => {
        const canvas = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
      });
    });
    const [ink = 0, ground = 0] = painted.map(luminance);
    expect([0, 1]).toContain(ink);
    expect([accent, contrast(ink, ground)]).toEqual([accent, expect.toSatisfy((ratio: number) => ratio >= 4.5)]);
  }
});

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const contrast = (one: number, other: number): number => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
