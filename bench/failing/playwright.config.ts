import { defineConfig } from '@playwright/test';

// As many tests as the suite has, each failing at once: what Playwright's new worker behind each failure costs.
export default defineConfig({ testDir: '.', workers: 2, reporter: [['null']] });
