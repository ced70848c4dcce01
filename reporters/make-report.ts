import type { FullConfig, FullResult } from '@playwright/test/reporter';
import { getBaseline, getHistory, getWaivers } from '../config/context.ts';
import { buildReport, type RunFacts } from '../report/build-report.ts';
import { compareReports } from '../report/changes.ts';
import { collectHistory, dateFindings, toPastRun } from '../report/history.ts';
import type { Report } from '../report/report.ts';
import { applyWaivers } from '../report/waivers.ts';
import { describeTarget, type ReportedRun } from './reported-run.ts';

/** What was gathered while it ran; `shard` is set when it is only one shard of a run. */
export type Gathered = Pick<RunFacts, 'results' | 'crashes' | 'errors'> & { shard?: FullConfig['shard'] };

/** The report of a run: judged, waived, and set beside earlier runs. */
export function makeReport(
  run: ReportedRun,
  { shard, ...gathered }: Gathered,
  { startTime, duration }: FullResult,
): Report {
  const { settings, plan, environment } = run;
  const startedAt = startTime.toISOString();
  const judged = buildReport({
    run: { id: startedAt, startedAt, durationMs: Math.round(duration) },
    contract: plan.contract,
    catalogue: plan.law.catalogue,
    cells: plan.cells,
    unanswered: plan.unanswered,
    target: describeTarget(run),
    environment,
    ...(run.waits && { waits: run.waits }),
    ...(run.unasked && { unasked: run.unasked }),
    ...(run.leftovers && { leftovers: run.leftovers }),
    ...gathered,
    ...(shard && { shard }),
  });
  const waivers = getWaivers(settings);
  const held = waivers ? applyWaivers(judged, waivers) : judged;
  const baseline = getBaseline(settings);
  const history = getHistory(settings);
  const past = [...(history?.past ?? []), ...(baseline ? [toPastRun(baseline)] : [])];
  const report = { ...held, findings: dateFindings(past, held) };
  const changes = baseline && compareReports(baseline, report);
  return {
    ...report,
    // What this shard did not run is not lost.
    ...(changes && { changes: shard ? { ...changes, lost: [] } : changes }),
    ...(history && { history: { ...collectHistory(history.past, report), skipped: history.complaints.length } }),
  };
}
