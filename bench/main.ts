/**
 * What a durable message costs, beside two relays that keep nothing, in one run on the same machine and at the same
 * load. Compare the columns with each other: bare numbers say more about the machine. `npm run bench`.
 */
import { balieSubject } from './balie-subject.ts';
import { type LoadOptions, measure, type Result } from './load.ts';
import { socketioSubject } from './socketio-subject.ts';
import { wsRelaySubject } from './ws-relay-subject.ts';

const options: LoadOptions = {
  conversations: 400,
  messagesPerSecond: 2000,
  warmUpMs: 3000,
  measureMs: 10_000,
  idleVisitors: 2000,
};

const results: Result[] = [];
for (const subject of [wsRelaySubject(18_081), socketioSubject(18_082), balieSubject(18_083)]) {
  process.stderr.write(`${subject.name} …\n`);
  results.push(await measure(subject, options));
}

console.table(
  results.map((result) => ({
    server: result.name,
    'messages/s': Math.round(result.messagesPerSecond),
    'CPU µs/message': Math.round(result.cpuMicros),
    'p50 ms': result.p50Ms.toFixed(1),
    'p99 ms': result.p99Ms.toFixed(1),
    'kB/idle visitor': result.idleKilobytes.toFixed(1),
  })),
);

const [floor, socketio, balie] = results as [Result, Result, Result];
const overFloor = balie.cpuMicros / floor.cpuMicros;
const overSocketio = balie.cpuMicros / socketio.cpuMicros;
console.log(`Balie, every message on disk, takes ${overFloor.toFixed(2)}× the CPU of the bare relay (aim: at most 2×)`);
console.log(`and ${overSocketio.toFixed(2)}× that of socket.io (aim: below 1×).`);
if (overFloor > 2 || overSocketio >= 1) process.exitCode = 1;
