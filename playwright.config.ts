import { defineConfig } from '@playwright/test';
import { getBaseline, getContext } from './config/context.ts';
import { loadEnvironment } from './config/load-environment.ts';
import { SettingsError } from './config/settings.ts';
import { makeMetadata } from './config/shard-record.ts';

/** Reads the settings before anything is sent; a wrong one is one sentence and not a stack. */
function readContext(): ReturnType<typeof getContext> {
  try {
    loadEnvironment();
    // Workers, which read this file as well, have no use for it.
    if (process.env.TEST_WORKER_INDEX === undefined) getBaseline();
    return getContext();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

const context = readContext();
const { settings } = context;

/** What the reference API prints once it listens; Playwright puts the named groups into the environment. */
const ANNOUNCEMENT =
  /"url":\s*"(?<embedded_url>[^"]+)".*"token":\s*"(?<embedded_token>[^"]+)".*"adminToken":\s*"(?<embedded_admin_token>[^"]+)"/;

export default defineConfig({
  testDir: './suites',
  globalSetup: './suites/setup.ts',
  globalTeardown: './suites/teardown.ts',
  reporter: [['./reporters/conformance-reporter.ts']],
  // What `merge-reports` has to know of this run; a blob keeps it.
  metadata: makeMetadata(context),
  workers: Math.min(2, settings.concurrency),
  // A cell has hundreds of exchanges, each with a deadline of its own; this one only ends what hangs for another reason.
  timeout: 10 * 60_000,
  forbidOnly: Boolean(process.env.CI),
  ...(settings.apiUrl === undefined && {
    webServer: {
      command: 'node --import tsx reference/main.ts --port 0',
      wait: { stdout: ANNOUNCEMENT },
      gracefulShutdown: { signal: 'SIGTERM', timeout: 1000 },
    },
  }),
});
