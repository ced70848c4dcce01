import { describe, expect, test } from 'vitest';
import type { RequestSpec } from '../../../model/exchange.ts';
import type { Case, Generation } from '../../../plan/case.ts';
import { bodyForms } from '../../../provocations/bodies.ts';
import { isDocumented } from '../../../provocations/generated/validity.ts';
import { CONTRACT, type Expanded, expandFor } from '../sample-scene.ts';

const DEEP: Generation = { level: 'deep', seed: 1, budget: 20_000 };

const expandWith = (
  generation: Generation | undefined,
  allow: Parameters<typeof expandFor>[0] = ['read', 'reject', 'write'],
) => expandFor(allow, generation ? { generation } : { generation: undefined as never });
const probesOf = (expanded: Expanded[]) =>
  expanded.flatMap(({ cell, cases }) =>
    cases.filter((each) => each.via === 'probe').map((probe) => ({ operation: cell.operation, probe })),
  );
const idsOf = (expanded: Expanded[]) => probesOf(expanded).map(({ operation, probe }) => `${operation.id} ${probe.id}`);
const textOf = ({ body }: RequestSpec) => (body && 'text' in body ? body.text : 'null');
const bodyOf = ({ request }: Case) => JSON.parse(textOf(request));

const deep = probesOf(expandWith(DEEP));

describe('generated requests', () => {
  test('are not made unless they are asked for', () => {
    expect(idsOf(expandWith(undefined))).toEqual([]);
  });

  test('are the same for the same seed, and others for another one', () => {
    const quick: Generation = { level: 'quick', seed: 1, budget: 500 };
    expect(probesOf(expandWith(quick))).toEqual(probesOf(expandWith(quick)));
    expect(idsOf(expandWith(quick))).not.toEqual(idsOf(expandWith({ ...quick, seed: 2 })));
  });

  test.each([0, 10, 100, 500, 5000])('are never more than the budget: %i', (budget) => {
    const probes = idsOf(expandWith({ level: 'quick', seed: 1, budget }));
    expect(probes.length).toBeLessThanOrEqual(budget);
    if (budget >= 100) expect(probes.length).toBeGreaterThan(budget / 5);
  });

  test('reach every operation that takes a body, or reads what its path names', () => {
    const reached = new Set(deep.map(({ operation }) => operation.id));
    const due = CONTRACT.operations.filter(
      (operation) =>
        (operation.body && !operation.notApplicable[422]) ||
        (operation.method === 'GET' && operation.path.includes('{') && !operation.notApplicable[404]),
    );
    expect(due.map(({ id }) => id).filter((id) => !reached.has(id))).toEqual([]);
    expect(due.length).toBeGreaterThan(10);
  });

  test('change every field of every body', () => {
    const changed = new Set(
      deep.map(({ operation, probe }) => `${operation.id} ${probe.id.split(':')[2]?.split(' ')[0]}`),
    );
    for (const operation of CONTRACT.operations.filter(({ body }) => body)) {
      const names = Object.keys((operation.body?.schema.properties ?? {}) as object);
      for (const name of names) expect(changed, `${operation.id} ${name}`).toContain(`${operation.id} ${name}`);
    }
  });

  test.each([
    'missing',
    'null',
    'empty',
    'type-integer',
    'too-small',
    'too-large',
    'least',
    'most',
    'enum-case',
    'enum-cut',
    'unknown-value',
    'oversize',
    'nested-in-object',
    'nested-in-array',
    'beyond-64-bit',
  ])('are wrong in every kind of way: %s', (kind) => {
    expect(deep.some(({ probe }) => probe.id.split(/[ :]/).includes(kind))).toBe(true);
  });

  test('change pairs of fields, too', () => {
    const pairs = deep.filter(
      ({ probe }) => probe.provocation === 'generated-body' && probe.id.split(':').length === 4,
    );
    expect(pairs.length).toBeGreaterThan(100);
  });

  test('may be accepted if, and only if, the document allows them', () => {
    let sure = 0;
    for (const { operation, probe } of deep.filter((each) => each.probe.provocation === 'generated-body')) {
      const allowed = isDocumented(operation.body?.schema ?? {}, bodyOf(probe));
      const mayPass = operation.successes.some((status) => probe.expected.includes(status));
      expect(mayPass, `${operation.id} ${probe.id}`).toBe(allowed);
      expect(probe.danger).toBe(allowed ? 'write' : 'reject');
      if (!allowed) sure += 1;
    }
    expect(sure).toBeGreaterThan(1000);
  });

  test('have the accepted body that they were made from as their control', () => {
    for (const { operation, probe } of deep.filter((each) => each.probe.provocation === 'generated-body')) {
      const [control] = probe.controls;
      expect(control?.holds, probe.id).toEqual({ success: true });
      const accepted = control ? JSON.parse(textOf(control.request)) : null;
      expect(isDocumented(operation.body?.schema ?? {}, accepted), probe.id).toBe(true);
    }
    expect(CONTRACT.operations.filter((operation) => bodyForms(operation).length > 1).length).toBeGreaterThan(0);
  });

  test('make no name that does not begin as all of the run’s do', () => {
    const named = deep
      .filter(({ probe }) => probe.danger === 'write' && probe.request.method === 'POST')
      .map(({ probe }) => bodyOf(probe).name)
      .filter((name) => typeof name === 'string' && name !== '');
    expect(named.length).toBeGreaterThan(20);
    for (const name of named) expect(name).toMatch(/^ecc-r1-/);
  });

  test('change nothing on a target where nothing may be written', () => {
    const probes = probesOf(expandWith(DEEP, ['read', 'reject']));
    expect(probes.length).toBeGreaterThan(0);
    for (const { probe } of probes) expect(probe.request.method).toBe('GET');
  });
});
