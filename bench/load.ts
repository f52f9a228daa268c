import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from './server-process.ts';
import type { Subject } from './subject.ts';

export interface LoadOptions {
  readonly conversations: number;
  readonly messagesPerSecond: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly idleVisitors: number;
}

export interface Result {
  readonly name: string;
  readonly messagesPerSecond: number;
  /** Microseconds of server CPU for one message: in, on disk where it is kept, acknowledged, and out to both ends. */
  readonly cpuMicros: number;
  /** From the visitor's send until it reached the agent. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly idleKilobytes: number;
}

/** Offers the same load to every subject, in a server of its own, and measures that server. */
export async function measure(subject: Subject, options: LoadOptions): Promise<Result> {
  const server = await subject.start();
  try {
    const arrived = new Map<string, (latencyMs: number) => void>();
    const pairs = await subject.open(server, options.conversations, (mark) => {
      arrived.get(mark)?.(performance.now());
      arrived.delete(mark);
    });

    let count = 0;
    let unanswered = 0;
    const latencies: number[] = [];
    const drive = async (forMs: number, record: boolean) => {
      const start = performance.now();
      for (let sent = 0, now = start; now - start < forMs; now = performance.now()) {
        for (const target = ((now - start) / 1000) * options.messagesPerSecond; sent < target; sent++) {
          const pair = pairs[count % pairs.length];
          const mark = `message-${String(count++).padStart(12, '0')}`;
          const sentAt = performance.now();
          if (record) arrived.set(mark, (at) => latencies.push(at - sentAt));
          unanswered++;
          pair?.send(mark).then(() => unanswered--);
        }
        await sleep(1);
      }
      while (unanswered > 0) await sleep(1);
      return performance.now() - start;
    };

    await drive(options.warmUpMs, false);
    const before = { cpu: server.cpuMs(), count };
    const tookMs = await drive(options.measureMs, true);
    const messages = count - before.count;
    const cpuMs = server.cpuMs() - before.cpu;
    while (arrived.size > 0) await sleep(1);
    latencies.sort((a, b) => a - b);

    return {
      name: subject.name,
      messagesPerSecond: (messages / tookMs) * 1000,
      cpuMicros: (cpuMs / messages) * 1000,
      p50Ms: latencies[Math.floor(latencies.length * 0.5)] ?? Number.NaN,
      p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN,
      idleKilobytes: await idleMemory(subject, server, options.idleVisitors),
    };
  } finally {
    await subject.close();
    await server.stop();
  }
}

async function idleMemory(subject: Subject, server: ServerProcess, visitors: number): Promise<number> {
  const before = await settledMemory(server);
  await subject.idle(server, visitors);
  return ((await settledMemory(server)) - before) / visitors / 1024;
}

/** Lets buffers of what came before be collected, so that they are not counted for or against the idle. */
async function settledMemory(server: ServerProcess): Promise<number> {
  await sleep(2000);
  return server.residentBytes();
}
