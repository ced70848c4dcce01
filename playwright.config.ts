import { defineConfig } from '@playwright/test';
import { isComplaint } from './config/complaint.ts';
import { getBaseline, getContext, getHistory, getWaivers } from './config/context.ts';
import { loadEnvironment } from './config/load-environment.ts';
import { makeMetadata } from './config/shard-record.ts';

const MOST_COMPLAINTS = 5;

/** Workers read this file as well; they have no use for earlier reports, and read waivers when a cell fails. */
const isMain = process.env.TEST_WORKER_INDEX === undefined;

/** Reads settings and contract before anything is sent; what is wrong with them is one sentence and not a stack. */
function readContext(): ReturnType<typeof getContext> {
  try {
    loadEnvironment();
    if (isMain) {
      getBaseline();
      complain(getHistory()?.complaints ?? []);
      getWaivers();
    }
    return getContext();
  } catch (error) {
    if (!isComplaint(error)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** A directory of artifacts may hold all sorts of things: the first of them will do. */
function complain(complaints: readonly string[]): void {
  for (const complaint of complaints.slice(0, MOST_COMPLAINTS)) console.error(complaint);
  const rest = complaints.length - MOST_COMPLAINTS;
  if (rest > 0) console.error(`CONFORMANCE_HISTORY: ${rest} more files are no reports; they are left out.`);
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
  ...(isMain && { metadata: makeMetadata(context) }),
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
