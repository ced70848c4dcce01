import { stripVTControlCharacters } from 'node:util';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestError,
  TestResult,
} from '@playwright/test/reporter';
import { supportsColor } from 'chalk';
import { getBaseline } from '../config/context.ts';
import { SettingsError } from '../config/settings.ts';
import { buildReport, type CellOutcome } from '../engine/build-report.ts';
import { CELL_ANNOTATION, CELL_ATTACHMENT } from '../engine/cell-carrier.ts';
import { compareReports } from '../engine/changes.ts';
import type { Report } from '../engine/report.ts';
import { succeeds, succeedsAsShard } from '../engine/verdict.ts';
import { renderConsole } from './console/render-console.ts';
import { isBesideAnother, joinBlobs, type Span, spanOf, withoutRecovery } from './merged-shards.ts';
import { describeMergedRun, describeRun, describeTarget, type ReportedRun } from './reported-run.ts';
import { writeReport } from './write-report.ts';

/** Collects what the cells' tests carry, writes the report and decides the exit code by its verdict. */
export default class ConformanceReporter implements Reporter {
  private readonly results = new Map<string, CellOutcome>();
  private readonly crashes = new Map<string, string>();
  private readonly spans = new Map<string, Span>();
  private readonly errors: string[] = [];
  private readonly listing: boolean;
  private readonly merging: boolean;
  private begun: { config: FullConfig; suite: Suite } | undefined;

  /**
   * `_mode` is how Playwright tells that it only lists the tests: there is nothing to report then, and no report to overwrite;
   * or that it merges the blobs of shards.
   */
  constructor(options: { _mode?: string } = {}) {
    this.listing = options._mode === 'list';
    this.merging = options._mode === 'merge';
  }

  /** Where no reporter prints, Playwright prints the list itself. */
  printsToStdio(): boolean {
    return !this.listing;
  }

  onBegin(config: FullConfig, suite: Suite): void {
    this.begun = { config, suite };
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const key = test.annotations.find((annotation) => annotation.type === CELL_ANNOTATION)?.description;
    if (key === undefined) return;
    if (this.merging) this.spans.set(key, spanOf(test, result));
    const carried = result.attachments.find((attachment) => attachment.name === CELL_ATTACHMENT)?.body;
    if (carried) this.results.set(key, JSON.parse(carried.toString('utf8')) as CellOutcome);
    else if (result.status !== 'skipped')
      this.crashes.set(key, messageOf(result.error) ?? `the test ended ${result.status}`);
  }

  onError(error: TestError): void {
    this.errors.push(messageOf(error) ?? 'an error without a message');
  }

  async onEnd(result: FullResult): Promise<{ status: FullResult['status'] } | undefined> {
    if (this.listing) return undefined;
    const green = this.report(result);
    // A merge has no exit code but for a reporter that failed.
    if (this.merging && !green) throw new Error('The merged run did not succeed; the report says why.');
    return { status: green ? 'passed' : result.status === 'interrupted' ? 'interrupted' : 'failed' };
  }

  /** Writes the report, or says in one sentence why there can be none; yields whether the run succeeds. */
  private report(result: FullResult): boolean {
    try {
      const run = this.merging ? this.joinRun() : describeRun();
      if (result.status === 'interrupted' && !this.errors.some((error) => error.endsWith('was interrupted')))
        this.errors.push('the run was interrupted');
      if (result.status === 'timedout') this.errors.push('the run took longer than it may');
      const report = this.makeReport(result, run);
      const path = writeReport(report, run.settings.reportDir);
      const color = Boolean(supportsColor);
      console.log(renderConsole(report, { color, width: process.stdout.columns ?? 100, reportPath: path }));
      return this.shard ? succeedsAsShard(report, run.settings) : succeeds(report, run.settings);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      console.error(error.message);
      return false;
    }
  }

  /** The run that the blobs are parts of. What all shards complain of is one complaint. */
  private joinRun(): ReportedRun {
    if (!this.begun) throw new Error('Playwright has begun no run.');
    const { record, errors } = joinBlobs(this.begun.config, this.begun.suite);
    this.errors.splice(0, this.errors.length, ...new Set([...this.errors, ...errors]));
    for (const [key, outcome] of this.results) {
      const span = this.spans.get(key);
      if (span && isBesideAnother(span, this.spans.values())) this.results.set(key, withoutRecovery(outcome));
    }
    return describeMergedRun(record);
  }

  private makeReport(result: FullResult, run: ReportedRun): Report {
    const { settings, plan, environment } = run;
    const report = buildReport({
      run: {
        id: result.startTime.toISOString(),
        startedAt: result.startTime.toISOString(),
        durationMs: Math.round(result.duration),
      },
      contract: plan.contract,
      catalogue: plan.law.catalogue,
      cells: plan.cells,
      results: this.results,
      crashes: this.crashes,
      target: describeTarget(run),
      environment,
      errors: this.errors,
      ...(this.shard && { shard: this.shard }),
    });
    const baseline = getBaseline(settings);
    if (!baseline) return report;
    const changes = compareReports(baseline, report);
    // What this shard did not run is not lost.
    return { ...report, changes: this.shard ? { ...changes, lost: [] } : changes };
  }

  /** Set when this run is only one shard of a run. */
  private get shard(): FullConfig['shard'] | undefined {
    const shard = this.begun?.config.shard;
    return shard && shard.total > 1 ? shard : undefined;
  }
}

/** Playwright colours its messages and puts the error's class before them; the report takes the plain sentence. */
function messageOf(error: TestError | undefined): string | undefined {
  return error?.message && stripVTControlCharacters(error.message).replace(/^\w*Error: /, '');
}
