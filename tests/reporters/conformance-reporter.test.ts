import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FullResult, TestCase, TestResult } from '@playwright/test/reporter';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Report } from '../../report/report.ts';

const root = mkdtempSync(join(tmpdir(), 'ecc-test-'));
const directory = join(root, 'report');
const printed: { out: string[]; err: string[] } = { out: [], err: [] };
vi.stubEnv('CONFORMANCE_REPORT_DIR', directory);
vi.stubEnv('TMPDIR', root);
vi.stubEnv('GITHUB_ACTIONS', '');
vi.stubEnv('GITHUB_STEP_SUMMARY', '');

// Settings are read once: not those of another file of tests.
vi.resetModules();
const { default: ConformanceReporter } = await import('../../reporters/conformance-reporter.ts');

beforeEach(() => {
  printed.out = [];
  printed.err = [];
  vi.spyOn(console, 'log').mockImplementation((text) => printed.out.push(String(text)));
  vi.spyOn(console, 'error').mockImplementation((text) => printed.err.push(String(text)));
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const sample = (outcome: string) => ({
  record: {
    operation: 'listSinks',
    status: 401,
    outcome,
    provenance: 'organic',
    counts: { total: 0, pass: 0, warn: 0, fail: 0, untestable: 0, error: 0 },
    cases: [],
  },
  findings: [],
  tally: {},
  exchanges: 1,
  controls: [],
  retries: [],
});

/** Ends the test of a cell, which carries something. */
function endTest(reporter: InstanceType<typeof ConformanceReporter>, cell: string, carried: string): void {
  const annotations = [{ type: 'cell', description: cell }];
  const path = join(root, `${cell}.json`);
  writeFileSync(path, carried);
  const attachments = [{ name: '_conformance-cell', contentType: 'application/json', path }];
  const testCase = {
    title: cell,
    parent: { title: 'GET /' },
    annotations,
    expectedStatus: 'passed',
  } as unknown as TestCase;
  reporter.onTestEnd(testCase, { status: 'passed', attachments } as unknown as TestResult);
}

const end = (startTime = new Date(0)) => ({ status: 'passed', startTime, duration: 1 }) as FullResult;

describe('the reporter', () => {
  test('takes a result that cannot be read for an error of its cell, keeps the others, and is red', async () => {
    const reporter = new ConformanceReporter();
    endTest(reporter, 'listSinks 401', JSON.stringify(sample('pass')));
    endTest(reporter, 'getSink 401', '{"record":');
    endTest(reporter, 'getSink 404', 'null');
    expect(await reporter.onEnd(end())).toEqual({ status: 'failed' });
    const report = JSON.parse(readFileSync(join(directory, 'report.json'), 'utf8')) as Report;
    expect(report.verdict).toBe('error');
    const found = (operation: string, status: number) =>
      report.cells.find((cell) => cell.operation === operation && cell.status === status);
    expect(found('listSinks', 401)?.outcome).toBe('pass');
    expect(found('getSink', 401)).toMatchObject({
      outcome: 'error',
      reason: expect.stringMatching(/^its result cannot be read: /),
    });
    expect(found('getSink', 404)).toMatchObject({
      outcome: 'error',
      reason: expect.stringContaining('it lacks a part'),
    });
  });

  test('saves what it has where no report can be made of it, says so, and is red', async () => {
    const reporter = new ConformanceReporter();
    endTest(reporter, 'listSinks 401', JSON.stringify(sample('pass')));
    expect(await reporter.onEnd(end(new Date(Number.NaN)))).toEqual({ status: 'failed' });
    expect(printed.out).toEqual(['ERROR']);
    expect(printed.err).toEqual([
      'The report could not be made: Invalid time value.',
      expect.stringMatching(/^What the run found is in \S+results\.json instead\.$/),
    ]);
    const [place = ''] = readdirSync(root).filter((name) => name.startsWith('conformance-report-'));
    expect(JSON.parse(readFileSync(join(root, place, 'results.json'), 'utf8'))).toEqual({
      results: [['listSinks 401', [sample('pass')]]],
      crashes: [],
      errors: [],
    });
  });

  test('only lists where it is told to', async () => {
    const reporter = new ConformanceReporter({ _mode: 'list' });
    expect(await reporter.onEnd(end())).toBeUndefined();
    expect([printed.out, printed.err]).toEqual([[], []]);
  });
});
