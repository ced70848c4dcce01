import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import type { FullResult, Reporter, TestCase, TestError, TestResult } from '@playwright/test/reporter';
import { supportsColor } from 'chalk';
import { getBaseline, getContext, getHistory, getTarget, getWaivers } from '../config/context.ts';
import { buildReport, type CellOutcome } from '../engine/build-report.ts';
import { CELL_ANNOTATION, CELL_ATTACHMENT } from '../engine/cell-carrier.ts';
import { compareReports } from '../engine/changes.ts';
import { collectHistory } from '../engine/history.ts';
import type { Report } from '../engine/report.ts';
import { succeeds } from '../engine/verdict.ts';
import { applyWaivers } from '../engine/waivers.ts';
import { removeRunDirectory } from '../runner/run-directory.ts';
import { renderConsole } from './console/render-console.ts';
import { writeReport } from './write-report.ts';

/** Collects what the cells' tests carry, writes the report and decides the exit code by its verdict. */
export default class ConformanceReporter implements Reporter {
  private readonly results = new Map<string, CellOutcome>();
  private readonly crashes = new Map<string, string>();
  private readonly errors: string[] = [];
  private readonly listing: boolean;

  /** `_mode` is how Playwright tells that it only lists the tests: there is nothing to report then, and no report to overwrite. */
  constructor(options: { _mode?: string } = {}) {
    this.listing = options._mode === 'list';
  }

  /** Where no reporter prints, Playwright prints the list itself. */
  printsToStdio(): boolean {
    return !this.listing;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const key = test.annotations.find((annotation) => annotation.type === CELL_ANNOTATION)?.description;
    if (key === undefined) return;
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
    if (result.status === 'interrupted') this.errors.push('the run was interrupted');
    if (result.status === 'timedout') this.errors.push('the run took longer than it may');
    const { settings } = getContext();
    const report = this.makeReport(result);
    const path = writeReport(report, settings.reportDir);
    const color = Boolean(supportsColor);
    console.log(renderConsole(report, { color, width: process.stdout.columns ?? 100, reportPath: path }));
    removeRunDirectory();
    const green = succeeds(report, settings);
    return { status: green ? 'passed' : result.status === 'interrupted' ? 'interrupted' : 'failed' };
  }

  private makeReport(result: FullResult): Report {
    const { settings, plan } = getContext();
    const target: Report['target'] = {
      url: targetUrl(),
      profile: plan.capabilities.profile.name,
      embedded: settings.apiUrl === undefined,
      allow: settings.allow,
      counts: settings.counts,
    };
    if (settings.faults !== undefined) target.faults = settings.faults;
    if (settings.generation) target.generation = settings.generation;
    const judged = buildReport({
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
      target,
      environment: { suite: suiteVersion(), node: process.version, platform: `${process.platform} ${process.arch}` },
      errors: this.errors,
    });
    const waivers = getWaivers();
    const report = waivers ? applyWaivers(judged, waivers) : judged;
    const baseline = getBaseline();
    const history = getHistory();
    return {
      ...report,
      ...(baseline && { changes: compareReports(baseline, report) }),
      ...(history && {
        history: { ...collectHistory(history.past, report), skipped: history.complaints.length },
      }),
    };
  }
}

/** The embedded API may have died before it told its address. */
function targetUrl(): string {
  try {
    return getTarget(getContext().settings).url;
  } catch {
    return 'the embedded reference API';
  }
}

/** Playwright colours its messages and puts the error's class before them; the report takes the plain sentence. */
function messageOf(error: TestError | undefined): string | undefined {
  return error?.message && stripVTControlCharacters(error.message).replace(/^\w*Error: /, '');
}

function suiteVersion(): string {
  return (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;
}
