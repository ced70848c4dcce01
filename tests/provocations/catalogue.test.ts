import { describe, expect, test } from 'vitest';
import { DANGERS } from '../../plan/case.ts';
import { provocationsFor } from '../../provocations/catalogue.ts';
import { answersTo } from '../../schemas/answers.ts';
import {
  CONTRACT,
  capabilitiesOf,
  driverOf,
  expandAll,
  expandFor,
  listRequests,
  switchOf,
  worldOf,
} from './sample-scene.ts';

const all = expandFor([...DANGERS]);
const switches = CONTRACT.statuses.map((status) => switchOf(status));
const recipes = CONTRACT.statuses.map((status) => ({
  status,
  operations: 'all' as const,
  title: `a way to ${status}`,
}));
const profile = { ...capabilitiesOf().profile, switches, faults: [...capabilitiesOf().profile.faults, ...recipes] };
const everything = expandFor([...DANGERS], { ...driverOf('reference'), profile });
const readOnly = expandFor(['read', 'reject']);
const nameOf = (each: (typeof all)[number]) => `${each.cell.operation.id} ${each.cell.status}`;

describe('with everything allowed, on a target that is known', () => {
  test.each(all.map((each) => [nameOf(each), each] as const))('%s has an organic case', (_, { cases }) => {
    expect(cases.some((each) => each.provenance === 'organic')).toBe(true);
  });

  test.each(everything.map((each) => [nameOf(each), each] as const))(
    '%s: its cases are sound',
    (_, { cell, cases }) => {
      const ids = cases.map((each) => each.id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const each of cases) {
        expect(each.controls.length, `${each.id} has a control`).toBeGreaterThan(0);
        expect(each.expected[0], `${each.id} belongs to this cell`).toBe(cell.status);
        expect(each.expected).toEqual([...new Set(each.expected)]);
        // A generated request that was wrongly thought to be wrong may be accepted.
        const known = each.via === 'probe' ? [...CONTRACT.statuses, ...cell.operation.successes] : CONTRACT.statuses;
        for (const status of each.expected) expect(known).toContain(status);
        expect(cell.provocations.map((one) => one.id)).toContain(each.provocation);
        expect(each.id.startsWith(each.provocation)).toBe(true);
      }
    },
  );

  test('every provocation is used somewhere', () => {
    const used = new Set(everything.flatMap(({ cases }) => cases.map((each) => each.provocation)));
    const answered = provocationsFor(CONTRACT).filter(
      ({ condition, status, appliesTo }) =>
        status !== undefined ||
        CONTRACT.operations.some((each) => appliesTo(each) && answersTo(condition, each, CONTRACT)),
    );
    expect(answered.map((each) => each.id).filter((id) => !used.has(id))).toEqual([]);
  });

  test('the fault driver’s cases are none of the API’s own', () => {
    const driven = everything.flatMap(({ cases }) =>
      cases.filter((each) => each.provocation.startsWith('fault-driver')),
    );
    expect(driven.length).toBeGreaterThan(100);
    expect(new Set(driven.map((each) => each.provenance))).toEqual(new Set(['simulated']));
  });
});

describe('in any run', () => {
  const runs = { everything, readOnly, empty: expandAll(capabilitiesOf(driverOf('reference')), worldOf('empty')) };

  test.each(Object.entries(runs))('%s: a control’s id means one request and one rule', (_, expanded) => {
    const seen = new Map<string, unknown>();
    for (const { control } of listRequests(expanded)) {
      if (!control) continue;
      expect(control, control.id).toEqual(seen.get(control.id) ?? control);
      seen.set(control.id, control);
    }
    expect(seen.size).toBeGreaterThan(2);
  });

  test.each(Object.entries(runs))('%s: a cell without a case says why', (_, expanded) => {
    for (const { cell, cases, missing } of expanded)
      if (cases.length === 0) expect(missing, `${cell.operation.id} ${cell.status}`).toMatch(/./);
  });

  test('two plans are the same', () => {
    const plain = (expanded: typeof everything) =>
      expanded.map(({ cell: { provocations: _, ...cell }, ...rest }) => ({ cell, ...rest }));
    expect(plain(expandFor([...DANGERS], { ...driverOf('reference'), profile }))).toEqual(plain(everything));
  });

  test('pairs come in twos, each sent twice', () => {
    for (const { cases } of everything) {
      const pairs = cases.flatMap(({ pair }) => pair ?? []);
      for (const pair of pairs) expect(pairs.filter((each) => each === pair)).toHaveLength(2);
      expect(cases.filter(({ pair, repeat }) => pair !== undefined && !repeat)).toEqual([]);
    }
  });

  test('nothing on a mock is organic', () => {
    const mocked = expandFor([...DANGERS], driverOf('prism'));
    const provenances = mocked.flatMap(({ cases }) => cases.map((each) => each.provenance));
    expect(new Set(provenances)).toEqual(new Set(['simulated']));
  });
});

describe('without leave to write', () => {
  test('what others own is read all the same', () => {
    const provoked = readOnly.filter(({ cases }) => cases.length > 0).map(nameOf);
    expect(provoked).toEqual(
      expect.arrayContaining(['getSink 404', 'getSink 401', 'deleteSink 401', 'createSink 422']),
    );
    expect(provoked).not.toContain('updateSink 422');
  });

  test('a target of which nothing is known is still tested where no object is needed', () => {
    const empty = expandAll(capabilitiesOf({ allow: ['read', 'reject'] }), worldOf('empty'));
    const provoked = empty.filter(({ cases }) => cases.length > 0).map(nameOf);
    expect(provoked).toEqual(expect.arrayContaining(['listSinks 401', 'createSink 400', 'unmatched-route 404']));
    expect(empty.find((each) => nameOf(each) === 'getSink 404')?.missing).toContain('there is no sinks');
  });
});
