import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Capabilities, Case, Control, Danger, Provocation, Scene } from '../../plan/case.ts';
import { DANGERS } from '../../plan/case.ts';
import { collectControls, expandCell, type PlannedCell, planCells, whyUntestable } from '../../plan/plan.ts';
import { operationOf } from '../../plan/resources.ts';
import { CONTRACT, sampleCase } from '../judge/sample-law.ts';
import { PROFILE } from '../judge/sample-profile.ts';

const capabilities = (allow: Danger[] = [...DANGERS]): Capabilities => ({
  allow,
  tokenInUrl: true,
  admin: true,
  profile: { ...PROFILE, rateLimit: { maxRequests: 10, maxWaitMs: 0 } },
});

const provocation = (change: Partial<Provocation> = {}): Provocation => ({
  id: 'p',
  status: 400,
  condition: 'unreadable-body',
  title: 'P',
  appliesTo: () => true,
  danger: () => 'read',
  cases: () => [sampleCase()],
  ...change,
});

const control = (id: string, danger: Danger = 'read', stage = 0): Control => ({
  id,
  title: id,
  operation: 'getSink',
  request: { method: 'GET', target: `/${id}`, headers: [] },
  holds: { success: true },
  danger,
  stage,
});

const plan = (provocations: Provocation[], allow?: Danger[]) => planCells(CONTRACT, provocations, capabilities(allow));
const cellOf = (cells: PlannedCell[], id: string, status: number) =>
  cells.find((cell) => cell.operation.id === id && cell.status === status) as PlannedCell;

const sceneOf = (allow?: Danger[], faultDriver?: Capabilities['faultDriver']): Scene => ({
  contract: CONTRACT,
  resources: [],
  capabilities: { ...capabilities(allow), ...(faultDriver && { faultDriver }) },
  world: { run: 'r', madeUp: 'nobody', main: {}, spare: {}, other: {}, held: {}, missing: {} },
});
const expand = (all: Provocation[], scene = sceneOf()) =>
  expandCell({ operation: operationOf(CONTRACT, 'getSink'), status: 400, provocations: all, dropped: [] }, scene);

describe('the matrix', () => {
  test('has a cell for every operation and status, in the contract’s order', () => {
    const names = plan([]).map((cell) => `${cell.operation.id} ${cell.status}`);
    expect(names).toEqual(
      CONTRACT.operations.flatMap(({ id }) => CONTRACT.statuses.map((status) => `${id} ${status}`)),
    );
  });

  test('says of each cell that cannot occur why, and plans nothing there', () => {
    for (const cell of plan([...CONTRACT.statuses].map((status) => provocation({ status })))) {
      expect(cell.notApplicable).toBe(cell.operation.notApplicable[cell.status]);
      expect(cell.provocations).toHaveLength(cell.notApplicable === undefined ? 1 : 0);
    }
  });

  test('takes a provocation for its own status, where it applies', () => {
    const cells = plan([provocation({ appliesTo: (operation) => operation.id === 'getSink' })]);
    const used = cells.filter((cell) => cell.provocations.length > 0);
    expect(used.map((cell) => `${cell.operation.id} ${cell.status}`)).toEqual(['getSink 400']);
  });
});

describe('what may not be used', () => {
  test('is dropped and says why', () => {
    const forbidden = provocation({ id: 'f', danger: () => 'load' });
    const lacking = provocation({ id: 'l', lacks: () => 'needs a token' });
    const cell = cellOf(plan([forbidden, lacking], ['read']), 'getSink', 400);
    expect(cell.provocations).toEqual([]);
    expect(cell.dropped).toEqual([
      { provocation: 'f', reason: 'needs the danger class "load", which is not allowed' },
      { provocation: 'l', reason: 'needs a token', lacking: true },
    ]);
    expect(whyUntestable(cell)).toBe('needs the danger class "load", which is not allowed; needs a token');
  });

  test('says what is missing before it says what is not allowed', () => {
    const both = provocation({ danger: () => 'load', lacks: () => 'needs a token' });
    expect(cellOf(plan([both], ['read']), 'getSink', 400).dropped).toEqual([
      { provocation: 'p', reason: 'needs a token', lacking: true },
    ]);
  });

  test('is left out without a word where a fault driver would answer and none is set', () => {
    const driven = provocation({
      via: 'driver',
      isFor: (_, { faultDriver }) => faultDriver !== undefined,
      danger: () => 'fault',
      lacks: () => 'cannot',
    });
    expect(cellOf(plan([driven]), 'getSink', 400)).toMatchObject({ provocations: [], dropped: [] });
    const faultDriver = { name: 'd', provenance: 'simulated' as const, headers: {}, statuses: [], mock: false };
    const cells = planCells(CONTRACT, [driven], { ...capabilities(), faultDriver });
    expect(cellOf(cells, 'getSink', 400).dropped).toEqual([{ provocation: 'p', reason: 'cannot', lacking: true }]);
  });

  test('says it once, or that nothing is known', () => {
    const cells = plan([provocation({ id: 'a', lacks: () => 'x' }), provocation({ id: 'b', lacks: () => 'x' })]);
    expect(whyUntestable(cellOf(cells, 'getSink', 400))).toBe('x');
    expect(whyUntestable(cellOf(cells, 'getSink', 401))).toBe('no provocation is known for it');
    expect(whyUntestable(cellOf(plan([provocation()]), 'getSink', 400))).toBeUndefined();
  });

  test('never gets past the gate, be it a case or a control, in any run', () => {
    const danger = fc.constantFrom(...DANGERS);
    const drawn = fc.array(fc.record({ danger, controls: fc.array(danger, { maxLength: 3 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.subarray([...DANGERS]), drawn, (allow, all) => {
        const cases = all.map((each, index) =>
          sampleCase({
            id: String(index),
            danger: each.danger,
            controls: each.controls.map((own, at) => control(String(at), own)),
          }),
        );
        const expanded = expand([provocation({ cases: () => cases })], sceneOf(allow));
        const isAllowed = (each: Case) =>
          [each.danger, ...each.controls.map((own) => own.danger)].every((own) => allow.includes(own));
        expect(expanded.cases).toEqual(cases.filter(isAllowed));
        expect(expanded.missing === undefined).toBe(cases.every(isAllowed));
      }),
    );
  });
});

describe('the cases of a cell', () => {
  test('come from all its provocations; what gave none says why, once', () => {
    const without = provocation({ id: 'b', cases: () => ({ untestable: 'no object' }) });
    expect(expand([provocation(), without, without])).toEqual({
      cases: [sampleCase()],
      missing: 'no object',
      partial: 'no object',
    });
    expect(expand([provocation()])).toEqual({ cases: [sampleCase()] });
  });

  test.each<[string, Provocation, string | undefined]>([
    [
      'what is not allowed',
      provocation({ danger: () => 'load' }),
      'needs the danger class "load", which is not allowed',
    ],
    ['input that is not generated', provocation({ via: 'probe' }), 'no input is generated'],
    ['nothing that no run on this target can use', provocation({ lacks: () => 'needs a token' }), undefined],
  ])('are not all where another run could do more: %s', (_, other, partial) => {
    const cell = cellOf(plan([provocation({ id: 'own' }), other], ['read']), 'getSink', 400);
    expect(expandCell(cell, sceneOf(['read'])).partial).toBe(partial);
  });

  test('are not all where a setting keeps one back, which is among them all the same', () => {
    const withheld = sampleCase({ id: 'w', withheld: 'needs a setting' });
    const expanded = expand([provocation({ cases: () => [sampleCase(), withheld] })]);
    expect(expanded).toEqual({ cases: [sampleCase(), withheld], partial: 'needs a setting' });
  });

  test('are not all where generated input may not be sent', () => {
    const generation = { level: 'quick', seed: 1, budget: 1 } as const;
    const probing = provocation({ via: 'probe', danger: () => 'write' });
    const [cell] = planCells(CONTRACT, [probing], { ...capabilities(['read']), generation }).filter(
      ({ operation, status }) => operation.id === 'getSink' && status === 400,
    );
    expect(cell?.unprobed).toBe('needs the danger class "write", which is not allowed');
    expect(cell?.dropped).toEqual([]);
  });

  test('are none of the API’s own where a mock answers', () => {
    const driver = { name: 'mock', provenance: 'simulated' as const, headers: {}, statuses: [] };
    const cases = [sampleCase(), sampleCase({ id: 'b', provenance: 'gateway' })];
    const provenances = (mock: boolean) =>
      expand([provocation({ cases: () => cases })], sceneOf(undefined, { ...driver, mock })).cases.map(
        (each) => each.provenance,
      );
    expect(provenances(true)).toEqual(['simulated', 'simulated']);
    expect(provenances(false)).toEqual(['organic', 'gateway']);
  });
});

test('controls are collected once each, what removes comes last, and order is kept otherwise', () => {
  const [read, write, remove] = [control('read'), control('write', 'write', 1), control('remove', 'write', 3)];
  const cases = [sampleCase({ controls: [remove, write] }), sampleCase({ controls: [control('other'), read, write] })];
  expect(collectControls(cases).map((each) => each.id)).toEqual(['other', 'read', 'write', 'remove']);
  expect(collectControls([])).toEqual([]);
});
