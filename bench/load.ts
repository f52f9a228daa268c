import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from './server-process.ts';
import type { Pair, Subject } from './subject.ts';

export interface LoadOptions {
  readonly conversations: number;
  readonly messagesPerSecond: number;
  readonly warmUpMs: number;
  readonly roundMs: number;
  readonly idleVisitors: number;
}

/** What one round of load cost. */
export interface Round {
  readonly messagesPerSecond: number;
  /** Microseconds of server CPU for one message: in, on disk where it is kept, acknowledged, and out to both ends. */
  readonly cpuMicros: number;
  /** From the visitor's send until it reached the agent, in ascending order. */
  readonly latenciesMs: readonly number[];
}

/** A subject in a server of its own, with its conversations open. */
export class Trial {
  readonly name: string;
  private readonly subject: Subject;
  private readonly server: ServerProcess;
  private readonly options: LoadOptions;
  private readonly sentAt = new Map<string, number>();
  private pairs: Pair[] = [];
  private latencies: number[] = [];
  private count = 0;

  private constructor(subject: Subject, server: ServerProcess, options: LoadOptions) {
    this.name = subject.name;
    this.subject = subject;
    this.server = server;
    this.options = options;
  }

  /** Opens the conversations and lets the server's code become as fast as it will be. */
  static async open(subject: Subject, options: LoadOptions): Promise<Trial> {
    const trial = new Trial(subject, await subject.start(), options);
    trial.pairs = await subject.open(trial.server, options.conversations, (mark) => trial.arrived(mark));
    await trial.drive(options.warmUpMs);
    return trial;
  }

  /** Offers the load for a while. It ends when everything was acknowledged and arrived. */
  async round(): Promise<Round> {
    const before = { cpu: this.server.cpuMs(), count: this.count };
    this.latencies = [];
    const tookMs = await this.drive(this.options.roundMs);
    const messages = this.count - before.count;
    return {
      messagesPerSecond: (messages / tookMs) * 1000,
      cpuMicros: ((this.server.cpuMs() - before.cpu) / messages) * 1000,
      latenciesMs: this.latencies.sort((a, b) => a - b),
    };
  }

  /** What a visitor who is connected and says nothing adds to the server's memory. */
  async idleKilobytes(): Promise<number> {
    const { idleVisitors } = this.options;
    const before = await this.settledMemory();
    await this.subject.idle(this.server, idleVisitors);
    return ((await this.settledMemory()) - before) / idleVisitors / 1024;
  }

  async close(): Promise<void> {
    await this.subject.close();
    await this.server.stop();
  }

  private async drive(forMs: number): Promise<number> {
    const { messagesPerSecond } = this.options;
    let unanswered = 0;
    const start = performance.now();
    for (let sent = 0, now = start; now - start < forMs; now = performance.now()) {
      for (const target = ((now - start) / 1000) * messagesPerSecond; sent < target; sent++) {
        // At random: in turn, one agent's conversations would speak together, and what is batched would look too cheap.
        const pair = this.pairs[Math.floor(Math.random() * this.pairs.length)];
        const mark = `message-${String(this.count++).padStart(12, '0')}`;
        this.sentAt.set(mark, performance.now());
        unanswered++;
        pair?.send(mark).then(() => unanswered--);
      }
      await sleep(1);
    }
    while (unanswered > 0 || this.sentAt.size > 0) await sleep(1);
    return performance.now() - start;
  }

  private arrived(mark: string): void {
    this.latencies.push(performance.now() - (this.sentAt.get(mark) ?? Number.NaN));
    this.sentAt.delete(mark);
  }

  /** Lets buffers of what came before be collected, so that they are not counted for or against the idle. */
  private async settledMemory(): Promise<number> {
    await sleep(2000);
    return this.server.residentBytes();
  }
}
