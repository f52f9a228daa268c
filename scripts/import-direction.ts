/** Fails where an import goes the wrong way; the rules are data in import-rules.ts. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { breachesOf } from './import-breaches.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => /\.(ts|tsx)$/.test(file) && existsSync(`${root}/${file}`));

const breaches = files.flatMap((file) => breachesOf(file, readFileSync(`${root}/${file}`, 'utf8')));
for (const breach of breaches) console.error(breach);
console.log(`${files.length} files, ${breaches.length} breaches of the import rules`);
if (breaches.length > 0) process.exitCode = 1;
