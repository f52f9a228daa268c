import type { Writable } from 'node:stream';
import { textFrame } from './text-frame.ts';

/**
 * What one turn of the event loop brings a socket: a commit that many share brings its sender an ack and an event, and an
 * agent the events of many conversations. It leaves as one chunk in one system call. That is why the frames are made here
 * and not by `ws`, whose every frame is two chunks: of what it costs to send a message, they are a fifth.
 */
export class Parcel {
  private readonly stream: Writable;
  private frames: Buffer[] = [];
  /** Of what has not been sent yet. */
  bytes = 0;

  constructor(stream: Writable) {
    this.stream = stream;
  }

  add(text: string): void {
    const frame = textFrame(text);
    this.bytes += frame.length;
    if (this.frames.push(frame) === 1) sendSoon(this);
  }

  /** Now, where something is to be written after it. */
  send(): void {
    const [first, ...more] = this.frames;
    if (!first) return;
    this.frames = [];
    this.bytes = 0;
    if (this.stream.writable) this.stream.write(more.length > 0 ? Buffer.concat([first, ...more]) : first);
  }
}

let waiting: Parcel[] = [];

function sendSoon(parcel: Parcel): void {
  // Promises that are settled come before the next tick: all that hear of one commit have written by then.
  if (waiting.push(parcel) === 1) process.nextTick(sendAll);
}

function sendAll(): void {
  const all = waiting;
  waiting = [];
  for (const parcel of all) parcel.send();
}
