import type { FullConfig, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { describeShard, joinShards } from '../config/join-shards.ts';
import { SettingsError } from '../config/settings-error.ts';
import { readShardRecords, type ShardRecord } from '../config/shard-record.ts';
import type { CellOutcome } from '../judge/cell-outcome.ts';
import { cellOutcome, countCases } from '../judge/outcome.ts';

/** The check that judges whether the API lets a client in again when it said it would. */
const RECOVERY = 'retry-after-honoured';

/** When a test ran, in milliseconds since 1970, and the blob it came in: its project, because the projects of blobs stay apart. */
export type Span = { blob: Suite; from: number; to: number };

/** When a test of a blob ran. */
export function spanOf(test: TestCase, { startTime, duration }: TestResult): Span {
  const from = startTime.getTime();
  return { blob: blobOf(test), from, to: from + duration };
}

/** Whether another shard had a test under way during this one. */
export function isBesideAnother(span: Span, spans: Iterable<Span>): boolean {
  return [...spans].some((other) => other.blob !== span.blob && other.from < span.to && span.from < other.to);
}

/**
 * A cell's result when another shard was under way beside it: that the API limited us again after the announced wait is left
 * unjudged, because it may have been the other shard that used up what there was.
 */
export function withoutRecovery(outcome: CellOutcome): CellOutcome {
  const findings = outcome.findings.filter(({ check }) => check !== RECOVERY);
  if (findings.length === outcome.findings.length) return outcome;
  const { [RECOVERY]: _, ...tally } = outcome.tally;
  const isWarned = (id: string) => findings.some((finding) => finding.case === id && finding.level !== 'MAY');
  const cases = outcome.record.cases.map((each) =>
    each.outcome === 'warn' && !isWarned(each.id) ? { ...each, outcome: 'pass' as const } : each,
  );
  const record = { ...outcome.record, ...cellOutcome(cases, undefined), counts: countCases(cases), cases };
  return { ...outcome, record, findings, tally };
}

function blobOf(test: TestCase): Suite {
  let suite: Suite = test.parent;
  while (suite.type !== 'project' && suite.parent) suite = suite.parent;
  return suite;
}

/**
 * The one run that the merged blobs are parts of, and what kept it from being whole. Throws a SettingsError when they are not
 * the shards of one run.
 */
export function joinBlobs(config: FullConfig, suite: Suite): { record: ShardRecord; errors: string[] } {
  const records = readShardRecords(config.metadata);
  const keys = suite.suites.flatMap((blob) => [...readShardRecords(blob.project()?.metadata ?? {}).keys()]);
  if (new Set(keys).size < keys.length)
    throw new SettingsError('One of the blobs is there twice; expected one blob of each shard of one run.');
  const { record, errors } = joinShards([...records.values()]);
  for (const [index, blob] of suite.suites.entries()) {
    const { shard } = records.get(keys[index] ?? '') ?? {};
    if (shard && blob.allTests().some(wasCutShort)) errors.push(`${describeShard(shard)} was interrupted`);
  }
  return { record, errors };
}

/** Whether a test had no chance to end: what was skipped, too, has a result. */
function wasCutShort({ results }: TestCase): boolean {
  return results.every(({ status }) => status === 'interrupted');
}
