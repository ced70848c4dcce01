import { readFileSync } from 'node:fs';
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
import { getBaseline, getContext, getHistory, getTarget, getWaivers } from '../config/context.ts';
import { readSurroundings } from '../config/surroundings.ts';
import { buildReport, type CellOutcome } from '../engine/build-report.ts';
import { CELL_ANNOTATION, CELL_ATTACHMENT } from '../engine/cell-carrier.ts';
import { compareReports } from '../engine/changes.ts';
import { collectHistory } from '../engine/history.ts';
import type { Report } from '../engine/report.ts';
import { succeeds } from '../engine/verdict.ts';
import { applyWaivers } from '../engine/waivers.ts';
import { removeRunDirectory } from '../runner/run-directory.ts';
import { publish } from './publish.ts';
import { readCarried } from './read-carried.ts';
import { VERDICT_WORD } from './shared/outcomes.ts';
import { showLine } from './shared/visible-text.ts';
import { disarmLine } from './shared/workflow-commands.ts';
import { watchProgress } from './watch-progress.ts';
import { attempt, saveElsewhere } from './write-report.ts';

/** Collects what the cells' tests carry, writes the report and decides the exit code by its verdict. */
export default class ConformanceReporter implements Reporter {
  private readonly results = new Map<string, CellOutcome>();
  private readonly crashes = new Map<string, string>();
  private readonly errors: string[] = [];
  private readonly listing: boolean;
  private readonly surroundings = readSurroundings();
  private readonly progress = watchProgress(this.surroundings, {
    write: (text) => process.stdout.write(text),
    now: () => performance.now(),
  });

  /** `_mode` is how Playwright tells that it only lists the tests: there is nothing to report then, and no report to overwrite. */
  constructor(options: { _mode?: string } = {}) {
    this.listing = options._mode === 'list';
    if (this.listing) return;
    // A reader that has gone (`| head`) must not end the run before its objects are removed and its report is written.
    process.stdout.on('error', () => {});
    this.progress.prepare();
  }

  /** Where no reporter prints, Playwright prints the list itself. */
  printsToStdio(): boolean {
    return !this.listing;
  }

  onBegin(_: FullConfig, suite: Suite): void {
    if (this.listing) return;
    this.progress.begin(suite.allTests().filter((test) => cellOf(test) !== undefined && !isUntestable(test)).length);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const key = cellOf(test);
    if (key === undefined) return;
    const carried = result.attachments.find((attachment) => attachment.name === CELL_ATTACHMENT)?.body;
    if (carried) this.keep(key, carried);
    else if (result.status !== 'skipped')
      this.crashes.set(key, messageOf(result.error) ?? `the test ended ${result.status}`);
    if (isUntestable(test)) return;
    const { record, findings } = this.results.get(key) ?? {};
    const why = record?.reason ?? findings?.[0]?.message ?? this.crashes.get(key);
    this.progress.note(test.title, record?.outcome ?? (this.crashes.has(key) ? 'error' : 'untestable'), why);
  }

  /** Keeps what a test carries; what cannot be read is our own fault, and costs that cell only. */
  private keep(key: string, carried: Buffer): void {
    try {
      this.results.set(key, readCarried(carried));
    } catch (error) {
      this.crashes.set(key, `its result cannot be read: ${(error as Error).message}`);
    }
  }

  onError(error: TestError): void {
    this.errors.push(messageOf(error) ?? 'an error without a message');
  }

  async onEnd(result: FullResult): Promise<{ status: FullResult['status'] } | undefined> {
    if (this.listing) return undefined;
    this.progress.end();
    const green = this.finish(result);
    return { status: green ? 'passed' : result.status === 'interrupted' ? 'interrupted' : 'failed' };
  }

  /** Makes and publishes the report; yields whether the run succeeded, and everything about its report, too. */
  private finish(result: FullResult): boolean {
    if (result.status === 'interrupted') this.errors.push('the run was interrupted');
    if (result.status === 'timedout') this.errors.push('the run took longer than it may');
    try {
      const { settings } = getContext();
      const report = this.makeReport(result);
      const succeeded = succeeds(report, settings);
      return publish({ report, succeeded, directory: settings.reportDir }, this.surroundings) && succeeded;
    } catch (error) {
      this.rescue(error);
      return false;
    } finally {
      const left = attempt('The directory of the run could not be removed', removeRunDirectory);
      if (left !== undefined) console.error(disarmLine(left));
    }
  }

  /** Saves what was gathered when no report can be made of it. */
  private rescue(error: unknown): void {
    const { results, crashes, errors } = this;
    console.log(VERDICT_WORD.error.toUpperCase());
    console.error(
      disarmLine(`The report could not be made: ${showLine(error instanceof Error ? error.message : String(error))}.`),
    );
    const gathered = () => JSON.stringify({ results: [...results], crashes: [...crashes], errors });
    console.error(saveElsewhere('results.json', gathered));
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

/** Key of the cell that a test is about. */
function cellOf(test: TestCase): string | undefined {
  return test.annotations.find((annotation) => annotation.type === CELL_ANNOTATION)?.description;
}

/** Whether a test is skipped as it stands, so that nothing is sent for it. */
function isUntestable(test: TestCase): boolean {
  return test.expectedStatus === 'skipped';
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
