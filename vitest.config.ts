import { defineConfig } from 'vitest/config';

/** Generous, since the machine may be busy: what hangs is found, what is slow is not a failure. */
const timeouts = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{protocol,client,widget,server,agent-ui,examples,scripts,bench}/**/test/**/*.test.ts'],
          // Nothing is kept at module level, so files can share what they import; and much of a test's time is waiting.
          isolate: false,
          maxWorkers: 3,
          ...timeouts,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          expect: { poll: { timeout: 25_000 } },
          // A browser that was starved is tried again, and the report says so; what fails twice is broken.
          retry: 1,
          // The files that a worker runs share its server and its browser (e2e/harness/stage.ts).
          isolate: false,
          // With a fourth, two cores spend their time on changing places: it took twice as long.
          maxWorkers: 3,
        },
      },
    ],
  },
});
