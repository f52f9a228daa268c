import type { Beat } from '../beat/beat.ts';

/** Taken in one turn of the event loop, for some milliseconds; in between, others have theirs. */
const atOnce = 256;

/** Where the frames of all sockets wait for the beat, to be taken in one go. First come, first taken. */
export function createInbox(beat: Beat): (take: () => void) => void {
  let waiting: (() => void)[] = [];

  function takeAll(): void {
    const taken = waiting.slice(0, atOnce);
    waiting = waiting.slice(atOnce);
    beat.dealtWith(taken.length);
    if (waiting.length > 0) setImmediate(takeAll);
    for (const take of taken) take();
  }

  return (take) => {
    if (waiting.push(take) === 1) beat.take(takeAll);
  };
}
