/**
 * What a durable message costs, beside two relays that keep nothing: on the same machine, at the same load, in rounds
 * that take turns, so that whatever else the machine does disturbs all three alike. `npm run bench`.
 */
import { balieSubject } from './balie-subject.ts';
import { type LoadOptions, type Round, Trial } from './load.ts';
import { socketioSubject } from './socketio-subject.ts';
import { wsRelaySubject } from './ws-relay-subject.ts';

const options: LoadOptions = {
  conversations: 400,
  messagesPerSecond: 2000,
  warmUpMs: 30_000,
  roundMs: 4000,
  idleVisitors: 2000,
};
const rounds = 7;

const trials: Trial[] = [];
const results = new Map<string, Round[]>();
for (const subject of [wsRelaySubject(18_081), socketioSubject(18_082), balieSubject(18_083)]) {
  process.stderr.write(`${subject.name} …\n`);
  trials.push(await Trial.open(subject, options));
  results.set(subject.name, []);
}
for (let round = 1; round <= rounds; round++) {
  for (const trial of trials) results.get(trial.name)?.push(await trial.round());
  process.stderr.write(
    `round ${round} of ${rounds}: ${trials.map(({ name }) => cpu(name).at(-1)?.toFixed(0)).join(' / ')} µs\n`,
  );
}

const table = [];
for (const trial of trials) {
  const { name } = trial;
  const measured = results.get(name) ?? [];
  table.push({
    server: name,
    'messages/s': Math.round(median(measured.map(({ messagesPerSecond }) => messagesPerSecond))),
    'CPU µs/message': Math.round(median(cpu(name))),
    'p50 ms': median(measured.map(({ latenciesMs }) => quantile(latenciesMs, 0.5))).toFixed(1),
    'p99 ms': median(measured.map(({ latenciesMs }) => quantile(latenciesMs, 0.99))).toFixed(1),
    'kB/idle visitor': (await trial.idleKilobytes()).toFixed(1),
  });
  await trial.close();
}
console.table(table);

const [floor, socketio, balie] = trials.map(({ name }) => cpu(name)) as [number[], number[], number[]];
const overFloor = median(balie.map((micros, round) => micros / (floor[round] ?? Number.NaN)));
const overSocketio = median(balie.map((micros, round) => micros / (socketio[round] ?? Number.NaN)));
console.log(`Balie, every message on disk, takes ${overFloor.toFixed(2)}× the CPU of the bare relay (aim: at most 2×)`);
console.log(`and ${overSocketio.toFixed(2)}× that of socket.io (aim: below 1×). Medians of ${rounds} rounds.`);
if (overFloor > 2 || overSocketio >= 1) process.exitCode = 1;

function cpu(name: string): number[] {
  return (results.get(name) ?? []).map(({ cpuMicros }) => cpuMicros);
}

function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}

function quantile(ascending: readonly number[], part: number): number {
  return ascending[Math.floor(ascending.length * part)] ?? Number.NaN;
}
