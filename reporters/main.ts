import { isComplaint } from '../config/complaint.ts';
import { loadEnvironment } from '../config/load-environment.ts';
import { readReport } from '../config/read-report.ts';
import { SettingsError } from '../config/settings-error.ts';
import { readSurroundings } from '../config/surroundings.ts';
import { compareReports } from '../report/changes.ts';
import { isGravest } from '../report/gravity.ts';
import { succeeds } from '../report/verdict.ts';
import { changeLines } from './console/changes.ts';
import { createPen } from './console/pen.ts';
import { mergeBlobs } from './merge-blobs.ts';
import { publish } from './publish.ts';

/*
 * Saved reports:
 *   npm run report -- report.json [DIRECTORY]   writes every format again (to conformance-report unless told)
 *   npm run report:diff -- old.json new.json    prints what changed, and exits 1 on something new
 *   npm run merge -- BLOB_DIR [REPORT_DIR]      makes one report of the blobs of all shards, and exits as the run would have
 */

const USAGE = 'expected: npm run report -- report.json [DIRECTORY], or npm run report:diff -- old.json new.json';
const MERGE_USAGE = 'expected: npm run merge -- BLOB_DIR [REPORT_DIR]';
const surroundings = readSurroundings();

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!isComplaint(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function run([command, first, second]: string[]): Promise<number> {
  if (command === 'render' && first !== undefined) return render(first, second ?? 'conformance-report');
  if (command === 'diff' && first !== undefined && second !== undefined) return diff(first, second);
  if (command === 'merge') return merge(first, second);
  throw new SettingsError(`A report is not named; ${USAGE}.`);
}

function render(path: string, directory: string): number {
  const report = readReport('The command', path);
  const succeeded = succeeds(report, { require: [], failOn: 'any' });
  return publish({ report, succeeded, directory }, surroundings) ? 0 : 1;
}

async function merge(blobs: string | undefined, directory: string | undefined): Promise<number> {
  if (blobs === undefined) throw new SettingsError(`The directory of the blobs is not named; ${MERGE_USAGE}.`);
  loadEnvironment();
  return mergeBlobs(blobs, directory);
}

function diff(before: string, after: string): number {
  const changes = compareReports(readReport('The command', before), readReport('The command', after));
  for (const line of changeLines(changes, createPen(surroundings.color, surroundings.width))) console.log(line);
  return changes.new.length > 0 || changes.firstSeen.some(({ gravity }) => isGravest(gravity)) ? 1 : 0;
}
