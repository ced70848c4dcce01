import { describe, expect, test } from 'vitest';
import { MUTANTS } from '../../reference/mutants/catalogue.ts';
import { renderMatrix } from '../../selfcheck/matrix.ts';
import { CHECKS, findGaps, scoreTrials } from '../../selfcheck/score.ts';
import { killed } from './sample-trial.ts';

const all = MUTANTS.map(({ id }) => killed(id));
const [first] = MUTANTS;
if (!first) throw new Error('There is no mutant.');

describe('the score', () => {
  test('counts by family what was found by exactly the right checks', () => {
    const trials = all.map((trial) => (trial.id === first.id ? { ...trial, problems: ['it survived'] } : trial));
    const { mutants, families } = scoreTrials(trials);
    expect(mutants).toEqual({ name: 'seeded defects', right: MUTANTS.length - 1, total: MUTANTS.length });
    const missed = families.filter(({ right, total }) => right < total);
    expect(missed).toMatchObject([{ name: first.family }]);
  });

  test('counts variants and degenerate servers apart', () => {
    const trials = [
      killed('a', { kind: 'variant' }),
      killed('b', { kind: 'variant', problems: ['an alarm'] }),
      killed('c', { kind: 'degenerate' }),
    ];
    const { variants, degenerate, mutants } = scoreTrials(trials);
    expect([variants, degenerate, mutants]).toMatchObject([
      { right: 1, total: 2 },
      { right: 1, total: 1 },
      { right: 0, total: 0 },
    ]);
  });

  test('knows of no gap today: each check has a mutant of its own, and ids are unique', () => {
    const ids = MUTANTS.map(({ id }) => id);
    expect(findGaps(scoreTrials(all), ids)).toEqual([]);
    expect(findGaps(scoreTrials(all), [...ids, first.id])).toEqual([`the id ${first.id} is taken more than once`]);
    expect(findGaps({ ...scoreTrials(all), uncovered: ['no-sql'] }, ids)).toEqual([
      'no mutant is about the check no-sql',
    ]);
  });
});

describe('the kill matrix', () => {
  test('has a row for each mutant and a column for each check', () => {
    const rows = renderMatrix(all).filter((line) => line.startsWith(`${first.id} `));
    expect(rows).toHaveLength(1);
    const marks = rows[0]?.split(/\s+/)[1] ?? '';
    expect(marks).toHaveLength(CHECKS.length);
    expect(marks[CHECKS.indexOf(first.trips[0])]).toBe('#');
    expect(marks.replaceAll('·', '')).toHaveLength(first.trips.length);
  });

  test('marks what is found besides', () => {
    const line = renderMatrix([killed(first.id, { tripped: ['no-sql'] })])[2] ?? '';
    expect(line).not.toContain('#');
    expect(line).toContain('+');
  });
});
