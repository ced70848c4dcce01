import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';

/** Workers only wait for the runner, which is in the main process: they have no use for settings, and must start fast. */
// biome-ignore lint/plugin/environment: this decides whether config/, which reads it otherwise, is loaded at all.
const isWorker = process.env.TEST_WORKER_INDEX !== undefined;

// They end when the main process does, which has much to do when its terminal is gone; of the other signals Playwright sees to that.
if (isWorker) process.on('SIGHUP', () => {});

const own: PlaywrightTestConfig = isWorker
  ? {}
  : (await import('./config/main-process.ts')).readConfig(import.meta.dirname);

export default defineConfig({
  testDir: './suites',
  globalSetup: './suites/setup.ts',
  reporter: [['./reporters/conformance-reporter.ts']],
  workers: 2,
  // Each exchange has a deadline of its own, and the runner ends by itself: no setting may make a test too long.
  timeout: 0,
  ...own,
});
