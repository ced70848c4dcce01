import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../report/report.ts';
import { SUBJECTS, type Subject } from '../../selfcheck/subjects.ts';
import { tryOn } from '../../selfcheck/trial.ts';
import { findProblems } from '../../selfcheck/verdicts.ts';

const subjectOf = (id: string): Subject => {
  const subject = SUBJECTS.find((each) => each.id === id);
  if (!subject) throw new Error(`There is no subject "${id}".`);
  return subject;
};
const mutant = subjectOf('status-404-as-400');
const variant = subjectOf('json-pretty');
const degenerate = subjectOf('always-500');

const reports = new Map<Subject, Report | string>();
beforeAll(async () => {
  for (const each of [mutant, variant, degenerate]) reports.set(each, await tryOn(each, { everything: false }));
}, 60_000);
const outcomeOf = (subject: Subject) => reports.get(subject) ?? 'nothing';
const reportOf = (subject: Subject): Report => {
  const outcome = outcomeOf(subject);
  if (typeof outcome === 'string') throw new Error(outcome);
  return outcome;
};

describe('nothing is wrong', () => {
  test.each([['mutant'], ['variant'], ['degenerate']] as const)('with a %s that is judged as it should be', (kind) => {
    const subject = [mutant, variant, degenerate].find((each) => each.kind === kind) as Subject;
    expect(findProblems(subject, outcomeOf(subject))).toEqual([]);
  });
});

describe('a mutant', () => {
  const judged = (change: (report: Report) => Partial<Report>) => {
    const report = reportOf(mutant);
    return findProblems(mutant, { ...report, ...change(report) });
  };

  test('that survives fails', () => {
    expect(judged(() => ({ findings: [] }))).toContain('meaning-404 found nothing');
  });

  test('that is found by another check fails twice over', () => {
    const problems = judged(({ findings }) => ({ findings: findings.map((each) => ({ ...each, check: 'no-sql' })) }));
    expect(problems).toEqual(expect.arrayContaining(['meaning-404 found nothing', 'no-sql found something']));
  });

  test('that is found by one check too many fails', () => {
    const problems = judged(({ findings: [first, ...rest] }) => ({
      findings: first ? [first, { ...first, check: 'no-sql' }, ...rest] : [],
    }));
    expect(problems).toEqual(['no-sql found something']);
  });

  test('that is found where it is not fails', () => {
    const placed = subjectOf('meaning-422-reference');
    const { findings } = reportOf(mutant);
    const [first] = findings;
    const report = {
      ...reportOf(mutant),
      findings: first ? [{ ...first, check: 'meaning-422', operation: 'getSink', status: 422 }] : [],
    };
    expect(findProblems(placed, report)).toContain('meaning-422 found something in getSink 422');
  });

  test('that no run began against fails', () => {
    expect(findProblems(mutant, 'Nothing answers.')).toEqual(['no run began: Nothing answers.']);
  });

  test('whose report is not sound fails', () => {
    const problems = judged(({ cells }) => ({
      cells: cells.map((cell) => ({ ...cell, cases: cell.cases.map((each) => ({ ...each, controls: ['none'] })) })),
    }));
    expect(problems.length).toBeGreaterThan(0);
  });
});

describe('a harmless variant', () => {
  const alarmed = (change: Partial<Report['findings'][number]>) => {
    const [first] = reportOf(mutant).findings;
    return findProblems(variant, { ...reportOf(variant), findings: first ? [{ ...first, ...change }] : [] });
  };

  test('may trip what HTTP merely advises, and nothing else', () => {
    expect(alarmed({ set: 'hygiene', level: 'SHOULD', check: 'a' })).toEqual(['a found something']);
    expect(alarmed({ set: 'http', level: 'SHOULD', check: 'a' })).toEqual([]);
    expect(alarmed({ set: 'http', level: 'MUST', check: 'a' })).toEqual(['a found something']);
    expect(alarmed({ set: 'contract', level: 'SHOULD', check: 'a' })).toEqual(['a found something']);
  });

  test('must not end in an error', () => {
    const problems = findProblems(variant, { ...reportOf(variant), verdict: 'error', reasons: ['It broke.'] });
    expect(problems).toEqual(['the verdict is error: It broke.']);
  });
});

describe('a degenerate server', () => {
  test('must be refused with the sentence that says why', () => {
    expect(findProblems(degenerate, 'It is not there')).toHaveLength(1);
    expect(outcomeOf(degenerate)).toEqual(expect.any(String));
  });

  test.each(['conformant', 'incomplete'] as const)('must not end %s', (verdict) => {
    const problems = findProblems(degenerate, { ...reportOf(mutant), verdict });
    expect(problems.some((problem) => problem.startsWith(`the verdict is ${verdict}`))).toBe(true);
  });

  test('may not pass what it never does', () => {
    const forgetful = subjectOf('keeps-nothing');
    const problems = findProblems(forgetful, { ...reportOf(variant), verdict: 'error' });
    expect(problems.some((problem) => / 404 is a pass$/.test(problem))).toBe(true);
  });
});
