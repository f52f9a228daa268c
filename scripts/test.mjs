// `npm test`: installs what is missing and runs every check there is; `npm test -- unit size` runs the named ones.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { fail, install } from './install.mjs';
import { environment, root } from './paths.mjs';

/** @type {Record<string, string[][]>} */
const steps = {
  types: [
    ['tsc', '--noEmit'],
    ['tsc', '-p', 'protocol/tsconfig.json'],
  ],
  lint: [['biome', 'check', '.'], ['knip'], ['node', 'scripts/import-direction.ts']],
  unit: [vitest('unit')],
  size: [['node', 'scripts/size.ts']],
  e2e: [vitest('e2e')],
};

const chosen = process.argv.slice(2);
for (const name of chosen)
  if (!steps[name]) fail(`There is no check "${name}". There are: ${Object.keys(steps).join(', ')}.`);

install();
// Under the Node that the rest is for: what follows loads dependencies that an older one cannot.
if (Number(process.versions.node.split('.')[0]) < 24) {
  const child = spawn('node', [join(root, 'scripts/test.mjs'), ...chosen], { stdio: 'inherit', env: environment() });
  child.once('exit', (code) => process.exit(code ?? 1));
} else await main();

async function main() {
  const { findPostgres } = await import('./postgres.mjs');
  const wanted = Object.keys(steps).filter((name) => chosen.length === 0 || chosen.includes(name));
  const needs = (/** @type {string[]} */ ...names) => wanted.some((name) => names.includes(name));
  buildIfStale();
  const chromium = needs('size', 'e2e') ? findChromium() : '';
  const postgres = needs('unit') ? await findPostgres() : null;
  const env = environment({ BALIE_CHROMIUM: chromium, ...(postgres && { BALIE_TEST_POSTGRES: postgres.url }) });

  const totals = { passed: 0, failed: 0 };
  const summary = [];
  for (const name of wanted) {
    const startedAt = Date.now();
    console.log(`\n── ${name}`);
    let isGood = true;
    for (const command of steps[name] ?? []) isGood = (await run(command, env, totals)) && isGood;
    summary.push(`${isGood ? 'ok    ' : 'FAILED'} ${name} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
    if (!isGood) process.exitCode = 1;
  }
  await postgres?.stop();
  console.log(`\n${summary.join('\n')}\n\n${totals.passed} passed, ${totals.failed} failed`);
  process.exit();
}

/** @param {string} project */
function vitest(project) {
  return [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report(project)}`,
  ];
}

/** @param {string} project */
function report(project) {
  return join(tmpdir(), `balie-${process.ppid}-${project}.json`);
}

/** Whether the command ended well; its tests are added to the totals, and a step without tests counts as one.
 * @param {string[]} command @param {NodeJS.ProcessEnv} env @param {{ passed: number, failed: number }} totals */
async function run([program = '', ...parameters], env, totals) {
  const child = spawn(program, parameters, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  const output = parameters.find((parameter) => parameter.startsWith('--outputFile.json='))?.split('=')[1];
  if (!output) {
    totals[code === 0 ? 'passed' : 'failed']++;
    return code === 0;
  }
  const { numPassedTests, numFailedTests, numTotalTests } = JSON.parse(readFileSync(output, 'utf8'));
  rmSync(output);
  totals.passed += numPassedTests;
  totals.failed += numTotalTests - numPassedTests;
  return code === 0 && numFailedTests === 0;
}
