import { describe, expect, test } from 'vitest';
import type { Generation } from '../../plan/case.ts';
import { MUTANTS } from '../../reference/mutants/catalogue.ts';
import type { Report } from '../../report/report.ts';
import { QUIET, runSuite } from '../../selfcheck/run-suite.ts';
import { mutantOf } from '../../selfcheck/score.ts';
import { SUBJECTS, tagsOf } from '../../selfcheck/subjects.ts';
import { withReference } from './support.ts';

const DEEP: Generation = { level: 'deep', seed: 3, budget: 900 };

function runOn(id: string, generation?: Generation): Promise<Report> {
  const subject = SUBJECTS.find((each) => each.id === id);
  if (!subject) throw new Error(`There is no subject "${id}".`);
  return withReference({ alteration: subject.alteration }, (reference) =>
    runSuite(reference, { allow: QUIET, tags: tagsOf(subject), ...(generation && { generation }) }),
  );
}

const probesOf = ({ cells }: Report) =>
  cells.flatMap(({ operation, probes }) => (probes ? [{ operation, ...probes }] : []));

/** What generated input found, without what differs from run to run. */
const foundBy = ({ findings, evidence }: Report) =>
  findings.map(({ check, operation, status, case: id, probes, evidence: index }) => ({
    check,
    operation,
    status,
    id,
    probes,
    body: evidence[index]?.exchange.request.body,
  }));

describe('a search for input that breaks the contract', () => {
  test('shrinks what it finds to the smallest example, shown once with how often it was seen', async () => {
    const report = await runOn('input-deep-search', DEEP);
    expect(report.verdict).toBe('non-conformant');
    expect(report.findings.map(({ check }) => check)).toEqual(['meaning-422']);
    const [finding] = report.findings;
    const example = report.evidence[finding?.evidence ?? -1]?.exchange.request.body;
    const text = example && 'text' in example ? example.text : '';
    expect(text).toMatch(/[<%]/);
    // One field of one accepted body, changed to next to nothing.
    expect(text.length).toBeLessThan(200);
    expect(finding?.probes).toBeGreaterThan(1);
  });

  test('stays within its budget, what was tried while shrinking included', async () => {
    const report = await runOn('input-deep-search', DEEP);
    const sent = probesOf(report).reduce((sum, probes) => sum + probes.sent, 0);
    expect(sent).toBeLessThanOrEqual(DEEP.budget);
    expect(sent).toBeGreaterThan(DEEP.budget / 2);
    expect(report.target.generation).toEqual(DEEP);
  });

  test('goes the same way with the same seed', async () => {
    const [one, two] = [await runOn('input-deep-search', DEEP), await runOn('input-deep-search', DEEP)];
    expect(foundBy(two).map(({ body: _, ...rest }) => rest)).toEqual(foundBy(one).map(({ body: _, ...rest }) => rest));
    // A name may be taken for a moment by what another cell made, so that one answer more or less is 422.
    const sentBy = (report: Report) => probesOf(report).map(({ statuses: _, ...rest }) => rest);
    expect(sentBy(two)).toEqual(sentBy(one));
  });

  test('goes on for other causes behind the first', async () => {
    const report = await runOn('input-framework', DEEP);
    expect(new Set(report.findings.map(({ check }) => check))).toEqual(new Set(mutantOf('input-framework')?.trips));
  });
});

test('a probe that shows nothing passes nothing: no cell is better off for it', async () => {
  const [off, deep] = [await runOn('reference'), await runOn('reference', DEEP)];
  const outcomes = ({ cells }: Report) =>
    cells.map(({ operation, status, outcome, counts }) => ({ operation, status, outcome, counts }));
  expect(outcomes(deep)).toEqual(outcomes(off));
  expect(deep.clauses).toEqual(off.clauses);
  expect(deep.findings).toEqual([]);
});

const input = MUTANTS.filter(({ family }) => family === 'input').map(({ id }) => id);
test.each(input)('%s survives where no input is generated', async (id) => {
  expect(foundBy(await runOn(id))).toEqual([]);
});
