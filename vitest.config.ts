import { defineConfig } from 'vitest/config';

/** Many wait for real clocks, sockets and processes: what a machine broke that stood still for a moment holds the second time, what is broken fails twice. */
const ONCE_MORE = 1;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/integration/**', 'tests/hostile/**'],
          testTimeout: 60_000,
          // Some only wait, so that there is one more than cores; modules are loaded once for many files, and no test replaces one.
          maxWorkers: 3,
          isolate: false,
          retry: ONCE_MORE,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole runs of Playwright and of Prism, each with processes, ports and directories of its own: a file for each core, after the rest.
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          retry: ONCE_MORE,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Deadlines are part of it, so that nothing else may run beside it.
        test: {
          name: 'hostile',
          include: ['tests/hostile/**/*.test.ts'],
          testTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
