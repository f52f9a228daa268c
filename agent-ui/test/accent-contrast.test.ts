import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { accentTroubles, widgetPapers } from '../state/accent-contrast.ts';

const kindsOf = (accent: string) => accentTroubles(accent).map(({ kind }) => kind);

test('a colour that can be read and found in light and in dark has no trouble', () => {
  for (const accent of ['#0f766e', '#3b82f6', '#d946ef']) expect([accent, kindsOf(accent)]).toEqual([accent, []]);
});

test('a colour is judged against both grounds of the chat', () => {
  expect(accentTroubles('#ffff00')).toEqual([{ kind: 'light', least: 3, ratio: expect.closeTo(1.07, 2) }]);
  expect(kindsOf('#000080')).toEqual(['dark']);
});

test('the grounds are those that the widget draws', () => {
  const styles = readFileSync(new URL('../../widget/ui/styles.ts', import.meta.url), 'utf8');
  expect(styles).toContain(`--paper: light-dark(#fff, ${widgetPapers.dark})`);
  expect(widgetPapers.light).toBe('#ffffff');
});
