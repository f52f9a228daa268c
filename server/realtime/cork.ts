import type { Writable } from 'node:stream';

/**
 * Holds back what is written to a stream until the turn of the event loop is over, so that it leaves in one system call:
 * a commit that many share brings its sender an ack and an event, and an agent the events of many conversations.
 */
export function createCork(): (stream: Writable) => void {
  let held: Writable[] = [];

  function release(): void {
    const all = held;
    held = [];
    for (const stream of all) stream.uncork();
  }

  return (stream) => {
    if (stream.writableCorked > 0) return;
    stream.cork();
    // Promises that are settled come before the next tick: all that hear of one commit have written by then.
    if (held.push(stream) === 1) process.nextTick(release);
  };
}
