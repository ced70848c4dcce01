import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/integration/**', 'tests/hostile/**'],
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole runs of Playwright and of Prism, each with processes of its own: one file at a time, after the rest.
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Runs against hostile servers in processes of their own, two at a time: bounds of time mean little beside other work.
        test: {
          name: 'hostile',
          include: ['tests/hostile/**/*.test.ts'],
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
