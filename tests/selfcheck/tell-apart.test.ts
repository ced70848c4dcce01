import { describe, expect, test } from 'vitest';
import type { Compared } from '../../report/changes.ts';
import { HIDDEN, HIDDEN_PAIRS } from '../../selfcheck/hidden-defects.ts';
import { mutantOf } from '../../selfcheck/score.ts';
import { findConfusions, findCrowding, measureCrowding } from '../../selfcheck/tell-apart.ts';
import { killed } from './sample-trial.ts';

// One of those that hide in one direction only.
const [hidden, after] = ['place-name', 'body-framework'];

/** A night on which a check found something for each of some provocations. */
function night(check: string, ...provocations: string[]): Compared {
  return {
    run: { startedAt: '2026-11-25T02:00:00Z' },
    verdict: 'non-conformant',
    errors: [],
    target: { counts: ['contract'] },
    cells: [{ operation: 'getSink', status: 404, outcome: 'fail', cases: [] }],
    findings: provocations.map((provocation) => ({
      check,
      operation: 'getSink',
      status: 404,
      provocation,
      seen: '404',
      place: '',
      level: 'MUST',
      set: 'contract',
      provenance: 'organic',
      evidence: 0,
    })),
    evidence: [{ exchange: { request: { method: 'GET' } } }],
  };
}

test('every pair that is listed is one of seeded defects', () => {
  for (const { why } of HIDDEN) expect(why).toMatch(/^[A-Z].*[.]$/);
  for (const id of [...HIDDEN_PAIRS].flatMap((each) => each.split(' after '))) expect(mutantOf(id), id).toBeDefined();
});

describe('two defects, one after the other,', () => {
  const pair = (one: Compared, other: Compared) => [killed(after, { night: one }), killed(hidden, { night: other })];

  test('are as the list says: the one hides behind the other, and not the other way round', () => {
    expect(findConfusions(pair(night('x', 'p', 'q'), night('x', 'p')))).toEqual([]);
  });

  test('are told where they are not', () => {
    expect(findConfusions(pair(night('x', 'p'), night('x', 'q')))).toEqual([
      `${hidden} after ${after} is new, and hidden-defects.ts says otherwise`,
    ]);
    expect(
      findConfusions([killed(after, { night: night('x', 'p') }), killed('body-null', { night: night('x', 'p') })]),
    ).toEqual([
      `${after} after body-null is not new, and hidden-defects.ts says otherwise`,
      `body-null after ${after} is not new, and hidden-defects.ts says otherwise`,
    ]);
  });
});

describe('ten defects at a time', () => {
  const trials = (of: (index: number) => Compared) =>
    Array.from({ length: 20 }, (_, index) => killed('body-null', { night: of(index) }));

  test('are well where each has a cause of its own', () => {
    const crowding = measureCrowding(
      trials((index) => night(`x${index}`, 'p', 'q')).map((trial, index) => ({ ...trial, id: `${index}` })),
    );
    expect(crowding).toEqual({ defects: 20, causes: 20, own: 20, heading: 20, worst: 1 });
    expect(findCrowding(crowding)).toEqual([]);
  });

  test('are told where they are too many, shared, or without a head', () => {
    expect(findCrowding({ defects: 20, causes: 40, own: 30, heading: 10, worst: 2.5 })).toEqual([
      '20 defects, ten at a time, show 40 causes',
      'ten defects show 25 causes',
      'only 30 of 40 causes hold findings of one defect',
      'only 10 of 20 defects head a cause',
    ]);
  });
});
