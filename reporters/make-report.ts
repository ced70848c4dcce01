import type { FullConfig, FullResult } from '@playwright/test/reporter';
import {
  type Context,
  getBaseline,
  getContext,
  getHistory,
  getMergedContext,
  getTarget,
  getWaivers,
} from '../config/context.ts';
import type { Settings } from '../config/settings.ts';
import { describeEnvironment, type ShardRecord } from '../config/shard-record.ts';
import { buildReport, type RunFacts } from '../engine/build-report.ts';
import { compareReports } from '../engine/changes.ts';
import { collectHistory } from '../engine/history.ts';
import type { Report } from '../engine/report.ts';
import { applyWaivers } from '../engine/waivers.ts';

/** What is reported on: the run itself, or the run that merged shards were parts of. */
export type Run = Omit<Context, 'reach'> & { url: string; environment: Report['environment'] };

/** What was gathered while it ran; `shard` is set when it is only one shard of a run. */
export type Gathered = Pick<RunFacts, 'results' | 'crashes' | 'errors'> & { shard?: FullConfig['shard'] };

const EMBEDDED = 'the embedded reference API';

/** The run of this process. */
export function describeRun(): Run {
  const { settings, plan } = getContext();
  return { settings, plan, url: targetUrl(settings), environment: describeEnvironment() };
}

/** The run that a shard tells of. */
export function describeMerged(record: ShardRecord): Run {
  const { environment, settings, url = settings.apiUrl ?? EMBEDDED } = record;
  return { ...getMergedContext(record), url, environment };
}

/** The report of a run: judged, waived, and set beside earlier runs. */
export function makeReport(run: Run, { shard, ...gathered }: Gathered, { startTime, duration }: FullResult): Report {
  const { settings, plan, environment } = run;
  const startedAt = startTime.toISOString();
  const judged = buildReport({
    run: { id: startedAt, startedAt, durationMs: Math.round(duration) },
    contract: plan.contract,
    catalogue: plan.law.catalogue,
    cells: plan.cells,
    target: describeTarget(run),
    environment,
    ...gathered,
    ...(shard && { shard }),
  });
  const waivers = getWaivers(settings);
  const report = waivers ? applyWaivers(judged, waivers) : judged;
  const baseline = getBaseline(settings);
  const history = getHistory(settings);
  const changes = baseline && compareReports(baseline, report);
  return {
    ...report,
    // What this shard did not run is not lost.
    ...(changes && { changes: shard ? { ...changes, lost: [] } : changes }),
    ...(history && { history: { ...collectHistory(history.past, report), skipped: history.complaints.length } }),
  };
}

function describeTarget({ settings, plan, url }: Run): Report['target'] {
  const { apiUrl, allow, counts, faults, generation } = settings;
  return {
    url,
    profile: plan.capabilities.profile.name,
    embedded: apiUrl === undefined,
    allow,
    counts,
    ...(faults !== undefined && { faults }),
    ...(generation && { generation }),
  };
}

/** The embedded API may have died before it told its address. */
function targetUrl(settings: Settings): string {
  try {
    return getTarget(settings).url;
  } catch {
    return EMBEDDED;
  }
}
