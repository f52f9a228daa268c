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
  /** @type {Record<string, string>} */
  const summary = {};
  /** @param {string[]} names @param {(text: string) => void} [print] */
  async function runAll(names, print) {
    for (const name of names) {
      const startedAt = Date.now();
      (print ?? write)(`\n── ${name}\n`);
      let isGood = true;
      for (const command of steps[name] ?? []) isGood = (await run(command, env, totals, print)) && isGood;
      summary[name] = `${isGood ? 'ok    ' : 'FAILED'} ${name} (${Math.round((Date.now() - startedAt) / 1000)} s)`;
      if (!isGood) process.exitCode = 1;
    }
  }
  // What waits for nothing takes the time that the tests wait; what it says is shown when they are done.
  const long = wanted.filter((name) => name === 'unit' || name === 'e2e');
  const short = wanted.filter((name) => !long.includes(name));
  let shortSaid = '';
  const keep = (/** @type {string} */ text) => {
    shortSaid += text;
  };
  await Promise.all([runAll(long), runAll(short, long.length > 0 ? keep : undefined)]);
  write(shortSaid);
  await postgres?.stop();
  console.log(
    `\n${wanted.map((name) => summary[name]).join('\n')}\n\n${totals.passed} passed, ${totals.failed} failed`,
  );
  process.exit();
}

/** @param {string} text */
function write(text) {
  process.stdout.write(text);
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
 * @param {string[]} command @param {NodeJS.ProcessEnv} env @param {{ passed: number, failed: number }} totals
 * @param {(text: string) => void} [print] hears what it says, which is shown at once where nobody does */
async function run([program = '', ...parameters], env, totals, print) {
  const output = print ? 'pipe' : 'inherit';
  const child = spawn(program, parameters, { cwd: root, stdio: ['ignore', output, output], env });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => print?.(text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  const file = parameters.find((parameter) => parameter.startsWith('--outputFile.json='))?.split('=')[1];
  if (!file) {
    totals[code === 0 ? 'passed' : 'failed']++;
    return code === 0;
  }
  const { numPassedTests, numFailedTests, numTotalTests } = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  totals.passed += numPassedTests;
  totals.failed += numTotalTests - numPassedTests;
  return code === 0 && numFailedTests === 0;
}
