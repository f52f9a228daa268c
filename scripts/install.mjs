// Plain JavaScript without dependencies: it runs on whatever Node the machine has, before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, root } from './paths.mjs';

const stamp = join(root, 'node_modules', '.balie-installed');

/** Installs what the lock file names, unless that was done before. */
export function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const present = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(join(bin, 'node'));
  if (present) return;
  console.log('Installing what Balie needs (once, about half a minute) …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) fail('npm could not install the dependencies. Is the network there? Then try again.');
  writeFileSync(stamp, wanted);
}

/** @param {string} message */
export function fail(message) {
  console.error(message);
  process.exit(1);
}
