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
import { isComplaint } from '../config/complaint.ts';
import { readSurroundings } from '../config/surroundings.ts';
import type { CellOutcome } from '../judge/cell-outcome.ts';
import { CELL_ANNOTATION, CELL_ATTACHMENT } from '../report/cell-carrier.ts';
import { joinAttempts } from '../report/join-attempts.ts';
import { succeeds, succeedsAsShard } from '../report/verdict.ts';
import { getRunner } from '../runner/current.ts';
import type { ClauseSet } from '../schemas/contract.ts';
import { makeReport } from './make-report.ts';
import { isBesideAnother, joinBlobs, type Span, spanOf, withoutRecovery } from './merged-shards.ts';
import { publish } from './publish.ts';
import { readCarried } from './read-carried.ts';
import { describeMergedRun, describeRun, type ReportedRun } from './reported-run.ts';
import { VERDICT_WORD } from './shared/outcomes.ts';
import { showLine } from './shared/visible-text.ts';
import { disarmLine } from './shared/workflow-commands.ts';
import { watchProgress } from './watch-progress.ts';
import { saveElsewhere } from './write-report.ts';

/** Collects what the cells' tests carry, writes the report and decides the exit code by its verdict. */
export default class ConformanceReporter implements Reporter {
  /** What each test of a cell carried, in order: it may have been retried or repeated. */
  private readonly carried = new Map<string, string[]>();
  private readonly crashes = new Map<string, string>();
  private readonly spans = new Map<string, Span>();
  private readonly errors: string[] = [];
  private readonly listing: boolean;
  private readonly merging: boolean;
  private begun: { config: FullConfig; suite: Suite } | undefined;
  private readonly surroundings = readSurroundings();
  private readonly progress = watchProgress(this.surroundings, {
    write: (text) => process.stdout.write(text),
    now: () => performance.now(),
  });

  /**
   * `_mode` is how Playwright tells that it only lists the tests: there is nothing to report then, and no report to overwrite;
   * or that it merges the blobs of shards.
   */
  constructor(options: { _mode?: string } = {}) {
    this.listing = options._mode === 'list';
    this.merging = options._mode === 'merge';
    if (this.listing) return;
    // A reader that has gone (`| head`) must not end the run before its objects are removed and its report is written.
    process.stdout.on('error', () => {});
    if (!this.merging) this.progress.prepare();
  }

  /** Where no reporter prints, Playwright prints the list itself. */
  printsToStdio(): boolean {
    return !this.listing;
  }

  onBegin(config: FullConfig, suite: Suite): void {
    this.begun = { config, suite };
    if (this.listing || this.merging) return;
    const tests = suite.allTests().filter((test) => cellOf(test) !== undefined && !isUntestable(test));
    this.progress.begin(tests.length, () => getRunner()?.share());
    getRunner()?.begin(tests.map((test) => ({ cell: cellOf(test) ?? '', attempt: `${test.repeatEachIndex}.0` })));
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const key = cellOf(test);
    if (key === undefined) return;
    if (this.merging) this.spans.set(key, spanOf(test, result));
    const path = result.attachments.find((attachment) => attachment.name === CELL_ATTACHMENT)?.path;
    const outcome = path === undefined ? undefined : this.read(key, path);
    if (path !== undefined && outcome) this.carried.set(key, [...(this.carried.get(key) ?? []), path]);
    else if (path === undefined && result.status !== 'skipped')
      this.crashes.set(key, messageOf(result.error) ?? `the test ended ${result.status}`);
    if (this.merging || isUntestable(test)) return;
    const why = outcome?.record.reason ?? outcome?.findings[0]?.message ?? this.crashes.get(key);
    this.progress.note(titleOf(test), outcome?.record.outcome ?? (this.crashes.has(key) ? 'error' : 'untestable'), why);
  }

  /** Reads what a test carries; what cannot be read is our own fault, and costs that cell only. */
  private read(key: string, path: string): CellOutcome | undefined {
    try {
      return readCarried(path);
    } catch (error) {
      this.crashes.set(key, `its result cannot be read: ${(error as Error).message}`);
      return undefined;
    }
  }

  /** The results of all cells: read only now, so that they are not in memory as long as the run takes. */
  private readResults(counts: ClauseSet[]): Map<string, CellOutcome> {
    const results = new Map<string, CellOutcome>();
    for (const [key, paths] of this.carried) {
      const attempts = paths.flatMap((path) => this.read(key, path) ?? []);
      if (attempts.length === paths.length) results.set(key, joinAttempts(attempts, counts));
    }
    return results;
  }

  onError(error: TestError): void {
    this.errors.push(messageOf(error) ?? 'an error without a message');
  }

  async onEnd(result: FullResult): Promise<{ status: FullResult['status'] } | undefined> {
    if (this.listing) return undefined;
    if (!this.merging) this.progress.end();
    const green = this.finish(result);
    // A merge has no exit code but for a reporter that failed.
    if (this.merging && !green) throw new Error('The merged run did not succeed; the report says why.');
    return { status: green ? 'passed' : result.status === 'interrupted' ? 'interrupted' : 'failed' };
  }

  /** Makes and publishes the report; yields whether the run succeeded, and everything about its report, too. */
  private finish(result: FullResult): boolean {
    try {
      const run = this.merging ? this.joinRun() : describeRun(this.begun?.config.metadata);
      if (result.status === 'interrupted' && !this.errors.some((error) => error.endsWith('was interrupted')))
        this.errors.push('the run was interrupted');
      if (result.status === 'timedout') this.errors.push('the run took longer than it may');
      const { settings } = run;
      const results = this.readResults(settings.counts);
      if (this.merging) this.leaveRecoveryUnjudged(results);
      const { crashes, errors } = this;
      const { shard } = this;
      const report = makeReport(run, { results, crashes, errors, ...(shard && { shard }) }, result);
      const succeeded = shard ? succeedsAsShard(report, settings) : succeeds(report, settings);
      return publish({ report, succeeded, directory: settings.reportDir }, this.surroundings) && succeeded;
    } catch (error) {
      if (isComplaint(error)) console.error(error.message);
      else this.rescue(error);
      return false;
    }
  }

  /** The run that the blobs are parts of. What all shards complain of is one complaint. */
  private joinRun(): ReportedRun {
    if (!this.begun) throw new Error('Playwright has begun no run.');
    const { record, errors } = joinBlobs(this.begun.config, this.begun.suite);
    this.errors.splice(0, this.errors.length, ...new Set([...this.errors, ...errors]));
    return describeMergedRun(record);
  }

  private leaveRecoveryUnjudged(results: Map<string, CellOutcome>): void {
    for (const [key, outcome] of results) {
      const span = this.spans.get(key);
      if (span && isBesideAnother(span, this.spans.values())) results.set(key, withoutRecovery(outcome));
    }
  }

  /** Set when this run is only one shard of a run. */
  private get shard(): FullConfig['shard'] | undefined {
    const shard = this.begun?.config.shard;
    return shard && shard.total > 1 ? shard : undefined;
  }

  /** Saves what was gathered when no report can be made of it. */
  private rescue(error: unknown): void {
    const { carried, crashes, errors } = this;
    console.log(VERDICT_WORD.error.toUpperCase());
    console.error(
      disarmLine(`The report could not be made: ${showLine(error instanceof Error ? error.message : String(error))}.`),
    );
    const results = () => [...carried].map(([key, paths]) => [key, paths.map((path) => this.read(key, path))]);
    const gathered = () => JSON.stringify({ results: results(), crashes: [...crashes], errors });
    console.error(saveElsewhere('results.json', gathered));
  }
}

/** Key of the cell that a test is about. */
function cellOf(test: TestCase): string | undefined {
  return test.annotations.find((annotation) => annotation.type === CELL_ANNOTATION)?.description;
}

/** A test's cell in words: `GET /sinks › 404 Not Found`. */
function titleOf({ parent, title }: TestCase): string {
  return `${parent.title} › ${title}`;
}

/** Whether a test is skipped as it stands, so that nothing is sent for it. */
function isUntestable(test: TestCase): boolean {
  return test.expectedStatus === 'skipped';
}

/** Playwright colours its messages and puts the error's class before them; the report takes the plain sentence. */
function messageOf(error: TestError | undefined): string | undefined {
  return error?.message && stripVTControlCharacters(error.message).replace(/^\w*Error: /, '');
}
