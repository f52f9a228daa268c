import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.BALIE_CHROMIUM ?? places.find((place) => existsSync(place));
  if (!executablePath) {
    throw new Error('No Chromium was found. Install one (apt-get install chromium) or set BALIE_CHROMIUM to its path.');
  }
  // Pages that a test writes itself have no address; Chromium takes them for the open internet, which may not call 127.0.0.1.
  const args = [
    '--no-sandbox',
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--disable-features=LocalNetworkAccessChecks',
  ];
  return chromium.launch({ executablePath, args, handleSIGTERM: false });
}
