import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimDirectory } from './claim-directory.ts';
import type { Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';
import { readSurroundings } from './surroundings.ts';
import { whyUnappendable, whyUnwritable } from './try-directory.ts';

/**
 * Tries whatever a run is going to write, before it sends anything, and takes the directory of its report for itself where it makes one.
 * Throws a SettingsError for the first place that takes nothing.
 */
export function tryPlaces({ reportDir }: Pick<Settings, 'reportDir'>, isReported: boolean): void {
  try {
    rmdirSync(mkdtempSync(join(tmpdir(), 'ecc-try-')));
  } catch (error) {
    throw refuse('TMPDIR', tmpdir(), (error as Error).message);
  }
  if (!isReported) return;
  const why = whyUnwritable(reportDir);
  if (why !== undefined) throw refuse('CONFORMANCE_REPORT_DIR', reportDir, why);
  const other = claimDirectory(reportDir);
  if (other !== undefined)
    throw new SettingsError(
      `CONFORMANCE_REPORT_DIR is "${reportDir}", where another run is about to write its report (${other}); expected a directory of its own.`,
    );
  const { stepSummary } = readSurroundings();
  const whyNot = stepSummary && whyUnappendable(stepSummary);
  if (stepSummary && whyNot) throw refuse('GITHUB_STEP_SUMMARY', stepSummary, whyNot);
}

function refuse(name: string, place: string, why: string): SettingsError {
  const cause = why.replace(/\.$/, '').split('\n')[0];
  return new SettingsError(
    `${name} is "${place}", where nothing can be written (${cause}); expected a place that takes what a run writes.`,
  );
}
