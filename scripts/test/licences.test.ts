import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Package {
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
const packages = Object.entries(lock.packages as Record<string, Package>).filter(
  ([path, { link }]) => path.includes('node_modules/') && !link,
);
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** They ask for their text to be kept, and for nothing of what uses them. */
const permissive = ['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'];
/** libvips, a library of its own that sharp loads: whoever runs Balie can put another in its place, as the LGPL wants. */
const libvips = /^@img\/sharp-/;

test('G229 everything that is installed to run Balie has a licence that asks nothing of who runs it', () => {
  const production = packages.filter(([, { dev }]) => !dev);
  expect(production.length).toBeGreaterThan(100);
  const others = production
    .map(([path, { license = 'none' }]) => ({ name: nameOf(path), license }))
    .filter(({ license }) => !license.split(' AND ').every((part) => permissive.includes(part)));
  for (const { name, license } of others) expect([name, license]).toEqual([expect.stringMatching(libvips), license]);
  expect(new Set(others.flatMap(({ license }) => license.split(' AND ')))).toEqual(
    new Set(['LGPL-3.0-or-later', 'Apache-2.0', 'MIT']),
  );
});

test('G229 every package is the one that was locked, to the byte', () => {
  const unlocked = packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
  expect(unlocked.map(([path]) => path)).toEqual([]);
});
