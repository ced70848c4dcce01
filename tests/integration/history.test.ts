import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Alteration } from '../../reference/alteration.ts';
import { makeReport } from '../reporters/sample-report.ts';
import { withReference } from '../runner/support.ts';
import { makeDirectory } from '../support/make-directory.ts';
import { against, runPlaywright } from './support.ts';

test('earlier reports are shown as a trend; what is no report is named and left out', async () => {
  const directory = makeDirectory();
  await withReference({}, async (reference) => {
    const run = (env: Record<string, string>) =>
      runPlaywright(['--grep', '(?=.*@401)(?=.*@http_endpoints)'], { env: { ...against(reference), ...env } });
    const first = await run({});
    expect(first.report?.history).toBeUndefined();
    mkdirSync(join(directory, 'night-1'));
    writeFileSync(join(directory, 'night-1', 'report.json'), first.files['report.json'] ?? '');
    writeFileSync(join(directory, 'other.json'), JSON.stringify(makeReport(2)));
    writeFileSync(join(directory, 'broken.json'), '{');
    const second = await run({ CONFORMANCE_HISTORY: directory });
    expect(second.code, second.output).toBe(first.code);
    expect(second.output.match(/broken\.json:1: expected JSON, [^\n]*; it is left out\.\n/g)).toHaveLength(1);
    expect(second.report?.target.preflight).toEqual({ showed: 'GET /sinks answered 200' });
    expect(second.report?.history).toMatchObject({ others: 1, skipped: 1 });
    expect(second.report?.history?.nights).toMatchObject([
      { startedAt: first.report?.run.startedAt, verdict: first.report?.verdict, scores: first.report?.scores },
    ]);
    expect(second.files['index.html']).toContain('History (2 runs)');
  });
});

test('a directory of earlier reports that is none ends the run at once, in one sentence', async () => {
  const { code, output } = await runPlaywright([], { env: { CONFORMANCE_HISTORY: 'no-such-directory' } });
  expect([code, output.trim()]).toEqual([
    1,
    'CONFORMANCE_HISTORY names "no-such-directory", which cannot be read (ENOENT); expected a directory of earlier reports.',
  ]);
});

test('a finding says since when it is there', async () => {
  const directory = makeDirectory();
  const alteration: Alteration = { answer: (given) => (given.status === 401 ? { ...given, body: '{}' } : given) };
  await withReference({ alteration }, async (reference) => {
    const run = (env: Record<string, string>) =>
      runPlaywright(['--grep', 'GET /destinations/http_endpoints 401'], { env: { ...against(reference), ...env } });
    const first = await run({});
    writeFileSync(join(directory, 'report.json'), first.files['report.json'] ?? '');
    for (const name of ['CONFORMANCE_HISTORY', 'CONFORMANCE_BASELINE']) {
      const path = name === 'CONFORMANCE_HISTORY' ? directory : join(directory, 'report.json');
      const second = await run({ [name]: path });
      const since = second.report?.findings.filter(({ check }) => check === 'fields-401').map((each) => each.since);
      expect(since?.length, second.output).toBeGreaterThan(0);
      expect(new Set(since)).toEqual(new Set([first.report?.run.startedAt]));
      expect(second.output).toMatch(/fields-401 {2}401 at \/summary, since 20\d\d-\d\d-\d\d; \d+ findings/);
    }
  });
});
