import type { Clock } from '../clock.ts';

interface Appointment {
  readonly at: number;
  readonly run: () => void;
}

/** A clock whose hands the test turns. `advance` waits, after every appointment, until what it set off is done. */
export function createFakeClock({ startAt = 1_000_000, settle }: { startAt?: number; settle: () => Promise<void> }) {
  let now = startAt;
  const appointments = new Set<Appointment>();

  const next = (until: number) => [...appointments].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];

  const clock: Clock = {
    now: () => now,
    after(ms, run) {
      const appointment = { at: now + Math.max(0, ms), run };
      appointments.add(appointment);
      return () => appointments.delete(appointment);
    },
  };

  return {
    ...clock,
    pending: () => appointments.size,
    async advance(ms: number) {
      const until = now + ms;
      await settle();
      for (let due = next(until); due; due = next(until)) {
        appointments.delete(due);
        now = due.at;
        due.run();
        await settle();
      }
      now = until;
    },
  };
}
