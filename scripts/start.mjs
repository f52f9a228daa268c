// `npm start`: installs, builds, and runs a desk on the embedded store with the demo shop beside it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildIfStale } from './build.mjs';
import { install } from './install.mjs';
import { environment, node, root } from './paths.mjs';
import { mustBeFree } from './ports.mjs';
import { serverFlags } from './server-flags.mjs';

const port = process.env.PORT || '8080';
const demoPort = process.env.DEMO_PORT || '8081';
const dataDir = resolve(process.env.BALIE_DATA_DIR || 'data');
const demoFile = join(dataDir, 'demo.json');
const stopWithinMs = 30_000;

/** @type {import('node:child_process').ChildProcess[]} */
const children = [];
let stopping = false;

const loopback = '127.0.0.1';
await mustBeFree([
  { setting: 'PORT', port, host: process.env.HOST || loopback },
  { setting: 'DEMO_PORT', port: demoPort, host: loopback },
]);
install();
buildIfStale();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => stop(0));

const settings = { BALIE_DEMO: '1', BALIE_LOG_LEVEL: process.env.BALIE_LOG_LEVEL || 'warn' };
const server = run('server/main.ts', settings, serverFlags());
await once(server, 'message');
if (existsSync(demoFile)) runShop(JSON.parse(readFileSync(demoFile, 'utf8')));
else console.log('Without the demo shop: somebody else set up what is in this data folder.');

/** @param {{ siteId: string, keyId: string, keySecret: string }} site */
function runShop({ siteId, keyId, keySecret }) {
  run('examples/shop/server.ts', {
    DEMO_PORT: demoPort,
    BALIE_URL: process.env.BALIE_PUBLIC_URL || `http://127.0.0.1:${port}`,
    BALIE_SITE: siteId,
    BALIE_KEY_ID: keyId,
    BALIE_KEY_SECRET: keySecret,
  });
}

/** A child in a group of its own, so that Ctrl-C reaches it once, through us. When one ends by itself, all do.
 * @param {string} file @param {Record<string, string>} more @param {string[]} flags */
function run(file, more, flags = []) {
  const child = spawn(node, [...flags, file], {
    cwd: root,
    env: environment({ PORT: port, BALIE_DATA_DIR: dataDir, ...more }),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  children.push(child);
  child.once('exit', (code) => stop(code || 1));
  return child;
}

/** @param {number} code */
async function stop(code) {
  if (stopping) return;
  stopping = true;
  const alive = children.filter((child) => child.exitCode === null && child.signalCode === null);
  const patience = setTimeout(() => {
    for (const child of alive) child.kill('SIGKILL');
  }, stopWithinMs);
  await Promise.all(
    alive.map((child) => {
      child.kill('SIGTERM');
      return once(child, 'exit');
    }),
  );
  clearTimeout(patience);
  process.exit(code);
}
