import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fail } from './install.mjs';

/** The headless shell is the same browser without a window, and draws in three quarters of the time. */
const packages = ['chromium-headless-shell', 'chromium'];
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The browser to test in: the one that is set, one that is installed, or Debian's, fetched where the user may. */
export function findChromium() {
  const found = process.env.BALIE_CHROMIUM ?? installed();
  if (found) return found;
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0)
    fail(
      'The browser tests need Chromium. Install it (Debian: sudo apt-get install chromium), or name one in BALIE_CHROMIUM.',
    );
  console.log('Installing Chromium from the distribution’s packages …');
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  for (const name of packages) {
    if (installed()) break;
    spawnSync('apt-get', ['install', '-y', '-qq', name], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return installed() ?? fail('Chromium could not be installed. Install it by hand, or name one in BALIE_CHROMIUM.');
}

function installed() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places].find((path) =>
    existsSync(path),
  );
}
