import { defineConfig } from '@playwright/test';

// For `merge-reports` alone: no settings of a run are read, and blobs of machines with other paths fit together.
export default defineConfig({
  testDir: './suites',
  reporter: [['./reporters/conformance-reporter.ts']],
});
