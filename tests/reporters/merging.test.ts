import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FullConfig, FullResult, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { expect, onTestFinished, test, vi } from 'vitest';
import { getContext } from '../../config/context.ts';
import { makeMetadata, noteShard } from '../../config/shard-record.ts';
import { judgeCell } from '../../judge/judge-cell.ts';
import { CELL_ANNOTATION, CELL_ATTACHMENT } from '../../report/cell-carrier.ts';
import type { Report } from '../../report/report.ts';
import ConformanceReporter from '../../reporters/conformance-reporter.ts';
import { sampleExchange } from '../judge/sample-exchange.ts';
import { LAW, sampleCase } from '../judge/sample-law.ts';
import { makeDirectory } from '../support/make-directory.ts';

/** What Playwright hands over of one test in a blob of its own; it began at that second and took one. */
function makeBlob(status: number, cell: object, current: number, second: number) {
  const metadata = makeMetadata(getContext());
  noteShard(metadata, { shard: { current, total: 2 }, ready: true });
  const path = join(makeDirectory(), 'cell.json');
  writeFileSync(path, JSON.stringify({ ...cell, controls: [] }));
  const result = {
    status: 'passed',
    startTime: new Date(second * 1000),
    duration: 1000,
    attachments: [{ name: CELL_ATTACHMENT, contentType: 'application/json', path }],
  } as unknown as TestResult;
  const suite = { type: 'project', project: () => ({ metadata }), allTests: () => [each] } as unknown as Suite;
  const annotations = [{ type: CELL_ANNOTATION, description: `getSink ${status}` }];
  const each = { parent: suite, annotations, results: [result] } as unknown as TestCase;
  return { metadata, suite, each, result };
}

/** Merges two shards, of which the second met a limit again after the announced wait; yields what became of that cell. */
async function merge(second: number): Promise<string | undefined> {
  const directory = makeDirectory();
  vi.stubEnv('CONFORMANCE_REPORT_DIR', directory);
  for (const name of ['GITHUB_STEP_SUMMARY', 'GITHUB_ACTIONS']) vi.stubEnv(name, '');
  onTestFinished(() => void vi.unstubAllEnvs());
  const quiet = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => void quiet.mockRestore());
  const [bad, waited] = [sampleCase(), { exchange: sampleExchange(429), waitedMs: 1000 }];
  const burst = { case: sampleCase({ expected: [429] }), exchanges: [{ exchange: sampleExchange(429) }, waited] };
  const plain = { case: bad, exchanges: [{ exchange: sampleExchange(400) }] };
  const blobs = [
    makeBlob(400, judgeCell('getSink', 400, [plain], LAW), 1, 10),
    makeBlob(429, judgeCell('getSink', 429, [burst], LAW), 2, second),
  ];
  const reporter = new ConformanceReporter({ _mode: 'merge' });
  const metadata = Object.assign({}, ...blobs.map((blob) => blob.metadata)) as FullConfig['metadata'];
  reporter.onBegin({ metadata, shard: null } as FullConfig, { suites: blobs.map(({ suite }) => suite) } as Suite);
  for (const { each, result } of blobs) reporter.onTestEnd(each, result);
  await reporter.onEnd({ status: 'passed', startTime: new Date(0), duration: 1 } as FullResult);
  const report = JSON.parse(readFileSync(join(directory, 'report.json'), 'utf8')) as Report;
  expect(report).toMatchObject({ verdict: 'incomplete', errors: [] });
  return report.cells.find(({ operation, status }) => operation === 'getSink' && status === 429)?.outcome;
}

test('a limit that is met again after the announced wait counts only where no other shard was under way', async () => {
  expect(await merge(11)).toBe('warn');
  expect(await merge(10.5)).toBe('pass');
});
