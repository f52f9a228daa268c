import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/**
 * Pages that a test writes itself have no address; Chromium takes them for the open internet, which may not call 127.0.0.1.
 * And for each window it keeps two pages of its own ready, in case somebody types into an address bar that nobody sees, and
 * a process besides, for a page that might be opened.
 */
const unwanted = [
  'LocalNetworkAccessChecks',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'SpareRendererForSitePerProcess',
];

export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.BALIE_CHROMIUM ?? places.find((place) => existsSync(place));
  if (!executablePath) {
    throw new Error('No Chromium was found. Install one (apt-get install chromium) or set BALIE_CHROMIUM to its path.');
  }
  const args = [
    '--no-sandbox',
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--disable-audio-output',
    `--disable-features=${unwanted}`,
  ];
  return chromium.launch({ executablePath, args, handleSIGTERM: false });
}
