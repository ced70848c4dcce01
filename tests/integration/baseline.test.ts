import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cellKeyOf } from '../../plan/cell-key.ts';
import type { Report } from '../../report/report.ts';
import { makeReport } from '../reporters/sample-report.ts';
import { type Back, withProxy } from '../runner/proxy.ts';
import { withReference } from '../runner/support.ts';
import { makeDirectory } from '../support/make-directory.ts';
import { against, command, runPlaywright } from './support.ts';

test('a run beside the one before it: known debt is green, what is new is red, and both say what changed', async () => {
  const file = join(makeDirectory(), 'last.json');
  let broken: number[] = [];
  const rules = { answer: (back: Back) => (broken.includes(back.status) ? { ...back, body: '{"oops":1}' } : back) };
  await withReference({}, (reference) =>
    withProxy(reference, rules, async (proxy) => {
      const run = (env: Record<string, string>) =>
        runPlaywright(['--grep', '(?=.*@40[14])(?=.*@http_endpoints)'], { env: { ...against(proxy), ...env } });
      broken = [404];
      const first = await run({});
      expect([first.code, first.report?.verdict, first.report?.changes]).toEqual([1, 'non-conformant', undefined]);
      writeFileSync(file, first.files['report.json'] ?? '');
      const since = { CONFORMANCE_BASELINE: file, CONFORMANCE_FAIL_ON: 'new' };
      const second = await run(since);
      expect([second.code, second.report?.verdict], second.output).toEqual([0, 'non-conformant']);
      expect(second.report?.changes).toMatchObject({ new: [], fixed: [], since: first.report?.run.startedAt });
      expect(second.output).toMatch(/What changed 0 new, 0 fixed, [1-9]\d* still there since/);
      broken = [401];
      const third = await run(since);
      expect(third.code).toBe(1);
      expect(third.report?.changes?.new.map(({ status }) => status)).toContain(401);
      expect(third.report?.changes?.fixed.map(({ status }) => status)).toContain(404);
      expect(third.files['index.html']).toContain('What changed');
    }),
  );
});

test('a baseline that is none ends the run at once, in one sentence', async () => {
  const { code, output } = await runPlaywright([], { env: { CONFORMANCE_BASELINE: 'package.json' } });
  expect(code).toBe(1);
  expect(output.trim()).toMatch(
    /^CONFORMANCE_BASELINE names what is no report: package\.json:1: reportVersion: [^\n]*\.$/,
  );
});

/** The report with a case for each finding, so that an earlier run had looked at it. */
function lookingAtAll(report: Report): Report {
  const cells = report.cells.map((cell) => {
    const own = report.findings.filter((each) => cellKeyOf(each) === cellKeyOf(cell));
    const [like] = cell.cases;
    const cases = own.flatMap(({ provocation, condition = 'invalid-body' }) =>
      like ? [{ ...like, provocation, condition, outcome: 'fail' as const }] : [],
    );
    return { ...cell, cases: [...cell.cases, ...cases] };
  });
  return { ...report, cells };
}

describe('saved reports', () => {
  test('are rendered again', async () => {
    const directory = makeDirectory();
    writeFileSync(join(directory, 'report.json'), JSON.stringify(makeReport(2)));
    const { code, output } = await command(['render', join(directory, 'report.json'), join(directory, 'out')]);
    expect(code, output).toBe(0);
    expect(output).toContain('NON-CONFORMANT');
    for (const name of ['report.json', 'index.html']) expect(existsSync(join(directory, 'out', name)), name).toBe(true);
  });

  test('are compared: green where nothing is new, red where something is', async () => {
    const directory = makeDirectory();
    const [before, after] = [join(directory, 'before.json'), join(directory, 'after.json')];
    const report = lookingAtAll(makeReport(2));
    writeFileSync(before, JSON.stringify({ ...report, findings: [] }));
    writeFileSync(after, JSON.stringify(report));
    expect(await command(['diff', after, after])).toMatchObject({
      code: 0,
      output: expect.stringContaining('0 new, 0 fixed'),
    });
    expect(await command(['diff', before, after])).toMatchObject({
      code: 1,
      output: expect.stringMatching(/[1-9]\d* new, 0 fixed/),
    });
  });

  test('that are not named are one sentence', async () => {
    const { code, output } = await command(['diff', 'one.json']);
    expect([code, output.trim()]).toEqual([1, expect.stringMatching(/^A report is not named; expected: [^\n]*\.$/)]);
  });
});
