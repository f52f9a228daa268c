// Builds what browsers and sites' servers get; `buildIfStale` only where a source is newer than the last build.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail } from './install.mjs';
import { environment, node, root } from './paths.mjs';

const sources = ['protocol', 'client', 'widget', 'agent-ui', 'scripts/build', 'rollup.config.ts', 'package-lock.json'];
const stamp = join(root, 'dist', '.balie-built');

/**
 * A page may hold a loader for a day after it was replaced, and that loader asks for the chat of its own build: so the
 * files of earlier builds stay for two. They are named by their content and never in each other's way.
 */
const keptMs = 2 * 24 * 3_600_000;

export function build() {
  const startedAt = Date.now();
  rmSync(join(root, 'widget/dist'), { recursive: true, force: true });
  run('node_modules/rollup/dist/bin/rollup', [
    '-c',
    'rollup.config.ts',
    '--configPlugin',
    'esbuild={target:"es2022"}',
    '--silent',
  ]);
  run('node_modules/typescript/bin/tsc', ['-p', 'widget/sign/tsconfig.json']);
  removeOlder(join(root, 'dist/widget'), startedAt - keptMs);
  removeOlder(join(root, 'dist/console'), startedAt - keptMs);
  writeFileSync(stamp, '');
}

/** @param {string} folder @param {number} time */
function removeOlder(folder, time) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).mtimeMs < time) rmSync(path, { recursive: true });
  }
}

export function buildIfStale() {
  if (existsSync(stamp) && newest(sources.map((source) => join(root, source))) < statSync(stamp).mtimeMs) return;
  console.log('Building the widget and the console …');
  build();
}

/** @param {string} script @param {string[]} parameters */
function run(script, parameters) {
  const { status } = spawnSync(node, [script, ...parameters], { cwd: root, stdio: 'inherit', env: environment() });
  if (status !== 0) fail('The build failed; the reason stands above.');
}

/** @param {string[]} paths @returns {number} */
function newest(paths) {
  return Math.max(
    ...paths.map((path) => {
      const stat = statSync(path);
      if (!stat.isDirectory()) return stat.mtimeMs;
      const inside = readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules' && name !== 'test');
      return newest(inside.map((name) => join(path, name)));
    }),
    0,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
