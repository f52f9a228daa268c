import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const pages = files.filter((file) => file.endsWith('.md'));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Made by the build, so no file of the tree. */
const built = new Set(['balie.js']);

/** As GitHub makes them. */
const anchorsOf = (page: string): string[] =>
  Array.from(page.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

function isThere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || anchorsOf(read(target)).includes(anchor);
}

/** A page may name a file from the root of the tree, or by the end of its path. */
const isNamed = (name: string): boolean =>
  built.has(name) || files.some((file) => file === name || file.endsWith(`/${name}`));

/** Without the samples of code, in which `answer.json` is no file; trees of files have no language. */
const prose = (page: string): string => read(page).replace(/^```\w.*?^```$/gms, '');

const unique = (names: Iterable<string>): string[] => [...new Set(names)];

test.each(pages)('every relative link in %s leads somewhere', (page) => {
  const links = Array.from(read(page).matchAll(/\]\((?!\w+:)([^)\s]+)\)/g), ([, link = '']) => link);
  expect(unique(links).filter((link) => !isThere(page, link))).toEqual([]);
});

test.each(pages)('every file that %s names is there', (page) => {
  const names = Array.from(
    prose(page).matchAll(/(?<![\w/.-])[\w./-]*[\w-]\.(?:tsx?|mjs|js|json|md)\b/g),
    ([name]) => name,
  );
  const relative = names.filter((name) => !name.startsWith('.') && !name.startsWith('/'));
  expect(unique(relative).filter((name) => !isNamed(name))).toEqual([]);
});

test('every npm script that a page names is there', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const named = pages.flatMap((page) => Array.from(read(page).matchAll(/npm run ([\w:-]+)/g), ([, name = '']) => name));
  expect(unique(named).filter((name) => !(name in scripts))).toEqual([]);
});

test('docs/operating.md lists the settings that server/config.ts reads, and no other', () => {
  const settings = Array.from(read('server/config.ts').matchAll(/^ {2}([A-Z_]+): Type\./gm), ([, name = '']) => name);
  const rows = Array.from(
    read('docs/operating.md').matchAll(/^\| ((?:`[A-Z_]+`(?:, )?)+) \|/gm),
    ([, names = '']) => names,
  );
  expect(
    rows
      .join(' ')
      .match(/[A-Z_]+/g)
      ?.sort(),
  ).toEqual(settings.sort());
});

test('docs/embedding.md lists the attributes and the calls that the widget takes', () => {
  const page = read('docs/embedding.md');
  const taken = [...read('widget/loader.ts').matchAll(/const \{(.+)\} = script\.dataset/g)]
    .concat([...read('widget/open-chat.tsx').matchAll(/const \{(.+)\} = script\.dataset/g)])
    .flatMap(([, members = '']) => members.split(','))
    .map((member) => member.replace(/=.*/, '').trim());
  const attributes = unique(taken).map(
    (name) => `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
  expect(Array.from(page.matchAll(/^\| `(data-[\w-]+)` \|/gm), ([, name]) => name).sort()).toEqual(attributes.sort());

  const commands = /const commands.+?= \{(.+?)\n {2}\};/s.exec(read('widget/api.ts'))?.[1] ?? '';
  const calls = Array.from(commands.matchAll(/^ {4}(\w+)[:(]/gm), ([, name = '']) => name);
  const documented = Array.from(page.matchAll(/Balie\('(\w+)'/g), ([, name = '']) => name);
  expect(unique(documented).sort()).toEqual(calls.sort());
});
