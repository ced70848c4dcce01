import { describe, expect, test } from 'vitest';
import { loadTarget } from '../../config/target-profile.ts';
import type { Danger } from '../../plan/case.ts';
import type { Report } from '../../report/report.ts';
import { runSuite } from '../../selfcheck/run-suite.ts';
import { type Change, shopContract } from './shop/contract.ts';
import { type Habits, startShop } from './shop/server.ts';

type Visit = { report: Report; harm: string[]; left: unknown[] };

async function visit(
  collections: string[],
  habits: Habits = {},
  change: Change = {},
  without: string[] = [],
): Promise<Visit> {
  const shop = await startShop(collections, habits);
  try {
    const report = await runSuite(shop, {
      contract: shopContract(collections, change, without),
      profile: 'generic',
      allow: ['read', 'reject', 'write'],
      generation: { level: 'quick', seed: 1, budget: 300 },
    });
    return { report, harm: shop.harm(), left: shop.left() };
  } finally {
    await shop.close();
  }
}

function expectUnharmed({ report, harm, left }: Visit): void {
  expect(harm).toEqual([]);
  expect(left).toEqual([]);
  expect(report.errors).toEqual([]);
  const broken = report.cells.filter(({ outcome }) => outcome === 'error');
  expect(broken.map(({ operation, status, reason }) => `${operation} ${status}: ${reason}`)).toEqual([]);
  const found = report.findings.filter(({ set }) => set === 'contract');
  expect(found.map((each) => `${each.operation} ${each.status} ${each.case}: ${each.message}`)).toEqual([]);
}

describe('strangers’ objects stay as they are', () => {
  test('where two resources have one name of a parameter, and ids collide', async () => {
    const seen = await visit(['/items', '/labels']);
    expectUnharmed(seen);
    expect(seen.report.cells.filter(({ outcome }) => outcome === 'pass' || outcome === 'warn').length).toBeGreaterThan(
      25,
    );
  });

  test('where two creates have one tag', async () => {
    expectUnharmed(await visit(['/items', '/labels', '/shelves'], {}, { tag: 'things' }));
  });

  test('where nested resources have equal names', async () => {
    expectUnharmed(await visit(['/teams', '/projects', '/teams/{id}/labels', '/projects/{id}/labels']));
  });

  test('where a PUT on the collection replaces it', async () => {
    expectUnharmed(await visit(['/items', '/labels'], { replaces: true }));
  });

  test('where an id that was removed is given to somebody else', async () => {
    const { harm } = await visit(['/items', '/labels'], { reuses: true });
    expect(harm).toEqual([]);
  });

  test('where nobody can tell whether an id is free: nothing that changes is sent there, and the report says so', async () => {
    for (const [habits, without] of [
      [{ missing: 403 }, []],
      [{}, ['read-labels']],
    ] as const) {
      const { report, harm } = await visit(['/items', '/labels'], habits, {}, [...without]);
      expect(harm).toEqual([]);
      const cell = report.cells.find(({ operation, status }) => operation === 'remove-labels' && status === 404);
      const held = cell?.cases.filter(({ id }) => id === 'unknown-id');
      expect(held).toMatchObject([
        { outcome: 'untestable', reason: expect.stringMatching(/^DELETE .* may be somebody's/) },
      ]);
    }
  });

  test('where a profile aims at one of them: it is an error of the run, which names the request', async () => {
    const shop = await startShop(['/labels']);
    const recipe = { status: 422, operations: ['replace-labels'], title: 'a label in use', params: { id: '1001' } };
    const profile = { ...loadTarget('generic'), faults: [recipe] };
    const allow: Danger[] = ['read', 'reject', 'write', 'fault'];
    const report = await runSuite(shop, { contract: shopContract(['/labels']), profile, allow });
    await shop.close();
    expect(shop.harm()).toEqual([]);
    const cell = report.cells.find(({ operation, status }) => operation === 'replace-labels' && status === 422);
    expect(cell).toMatchObject({
      outcome: 'error',
      reason: expect.stringMatching(/^PUT \/labels\/1001 was held back/),
    });
    expect(report.verdict).toBe('error');
  });
});
