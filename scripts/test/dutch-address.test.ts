import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*/texts/nl*.json', 'docs/*.nl.md'];
const files = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
/** Balie says `u` to everybody, and `medewerker` for who answers. */
const otherwise = /\b(?:je|jij|jou|jouw|jullie|vertegenwoordigers?)\b/i;

test('there is Dutch to look at', () => expect(files.length).toBeGreaterThan(10));

test.each(files)('%s addresses people in one way', (file) => {
  const lines = readFileSync(`${root}/${file}`, 'utf8').split('\n');
  expect(lines.filter((line) => otherwise.test(line))).toEqual([]);
});
