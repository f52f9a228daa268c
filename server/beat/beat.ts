/**
 * The beat of a busy server. Where several came at once, more are on their way: they are dealt with together at the next
 * beat, so that they share what each time costs, a sync of the disk and a write to each socket, and find the processor's
 * caches filled with what deals with them. What comes alone never waits.
 */
export interface Beat {
  /** At the next beat `run` takes what has come in, */
  take(run: () => void): void;
  /** and in the turn after that it commits what follows. */
  commit(run: () => void): void;
  /** So many were dealt with just now. */
  dealtWith(count: number): void;
}

/** After several were dealt with, the next beat is no sooner than a millisecond for each of them, within these bounds. */
export function createBeat(shortestMs: number, longestMs = shortestMs): Beat {
  let takes: (() => void)[] = [];
  let commits: (() => void)[] = [];
  let restUntil = 0;
  let isAppointed = false;

  function appoint(): void {
    if (isAppointed) return;
    isAppointed = true;
    const waitMs = restUntil - performance.now();
    if (waitMs > 0) setTimeout(beat, waitMs);
    else setImmediate(beat);
  }

  function beat(): void {
    const all = takes;
    takes = [];
    for (const take of all) take();
    // By the next turn what was taken has been decided on, as far as nothing had to be looked up.
    if (all.length > 0) setImmediate(commitAll);
    else commitAll();
  }

  function commitAll(): void {
    isAppointed = false;
    const all = commits;
    commits = [];
    for (const commit of all) commit();
    if (takes.length > 0) appoint();
  }

  return {
    take(run) {
      takes.push(run);
      appoint();
    },
    commit(run) {
      commits.push(run);
      appoint();
    },
    dealtWith(count) {
      if (count > 1) restUntil = performance.now() + Math.min(Math.max(shortestMs, count), longestMs);
    },
  };
}

/** Of this process: long enough that a busy server saves by it, too short for anybody to notice. */
export const beat = createBeat(20, 40);
