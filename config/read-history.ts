import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type PastRun, toPastRun } from '../report/history.ts';
import { readReport } from './read-report.ts';
import { SettingsError } from './settings-error.ts';

/** What lies beside each report.json. */
const BADGE = 'badge.json';

/** A history of some years of nights; more takes longer to read than the run. */
const MOST_FILES = 1000;
const MOST_MEGABYTES = 512;

/** The reports of earlier runs in a directory, and one sentence on each file there that is none. */
export type ReadHistory = { past: PastRun[]; complaints: string[] };

/**
 * Reads every .json file of a directory and of the directories in it, as the artifacts of a CI unpack. Throws a SettingsError
 * when the directory cannot be read, or holds more than is read within seconds; a file that is no report is left out.
 */
export function readHistory(directory: string): ReadHistory {
  const history: ReadHistory = { past: [], complaints: [] };
  const entries = list(directory);
  const deeper = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(directory, name));
  const files = [jsonIn(directory, entries), ...deeper.map((each) => jsonIn(each, list(each)))].flat();
  expectBounded(directory, files);
  for (const file of files) {
    try {
      history.past.push(toPastRun(readReport('CONFORMANCE_HISTORY', file)));
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      history.complaints.push(error.message.replace(/\.$/, '; it is left out.'));
    }
  }
  return history;
}

/** Each report is read as a whole, whatever of it is kept. */
function expectBounded(directory: string, files: readonly string[]): void {
  const bytes = files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
  const megabytes = Math.ceil(bytes / 1024 / 1024);
  if (files.length <= MOST_FILES && megabytes <= MOST_MEGABYTES) return;
  throw new SettingsError(
    `CONFORMANCE_HISTORY names "${directory}" with ${files.length} reports of ${megabytes} MB in all; expected at most ${MOST_FILES} of ${MOST_MEGABYTES} MB.`,
  );
}

function list(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    throw new SettingsError(
      `CONFORMANCE_HISTORY names "${directory}", which cannot be read (${(error as NodeJS.ErrnoException).code}); expected a directory of earlier reports.`,
    );
  }
}

function jsonIn(directory: string, entries: readonly Dirent[]): string[] {
  const names = entries
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith('.json') && entry.name !== BADGE)
    .map(({ name }) => name);
  return names.sort().map((name) => join(directory, name));
}
