/** Up to so many seconds, in steps of so many. */
const scale = [
  { below: 120, step: 1 },
  { below: 600, step: 5 },
  { below: 3600, step: 30 },
  { below: 86_400, step: 300 },
] as const;
const longest = 86_400;

/**
 * How long a wait was, in seconds rounded up, the longer the coarser: so few are told apart that they can be counted
 * instead of kept, and of the counts one still reads what nine in ten waited at most.
 */
export function waitStep(waitMs: number): string {
  const seconds = Math.min(Math.ceil(waitMs / 1000), longest);
  const step = scale.find(({ below }) => seconds <= below)?.step ?? 1;
  return String(Math.ceil(seconds / step) * step);
}

/**
 * The shortest wait that was enough for this share of all, in milliseconds; null where nobody waited.
 *
 * @param waits how often each step was counted
 */
export function waitEnoughFor(share: number, waits: readonly { readonly step: string; readonly count: number }[]) {
  const sorted = waits
    .map(({ step, count }) => ({ seconds: Number(step), count }))
    .sort((a, b) => a.seconds - b.seconds);
  const enough = share * sorted.reduce((sum, { count }) => sum + count, 0);
  let reached = 0;
  for (const { seconds, count } of sorted) {
    reached += count;
    if (reached >= enough) return seconds * 1000;
  }
  return null;
}
