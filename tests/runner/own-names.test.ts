import { expect, test } from 'vitest';
import { newRunId } from '../../runner/run-id.ts';
import { runSuite } from '../../selfcheck/run-suite.ts';
import { shopContract } from './shop/contract.ts';
import { startShop } from './shop/server.ts';

/** A run on a shop that makes something else of the names that it is given. */
async function visit(renames: (name: string) => string) {
  const shop = await startShop(['/items', '/labels'], { renames });
  try {
    const report = await runSuite(shop, {
      contract: shopContract(['/items', '/labels']),
      profile: 'generic',
      allow: ['read', 'reject', 'write'],
      generation: { level: 'quick', seed: 1, budget: 200 },
      run: newRunId(),
    });
    return { report, made: shop.made(), harm: shop.harm(), left: shop.left() };
  } finally {
    await shop.close();
  }
}

let count = 0;

test.each<[string, (name: string) => string]>([
  ['names of its own', () => `thing ${++count}`],
  ['their first ten characters', (name) => `${name.slice(0, 10)}${++count}`],
])(
  'where objects get %s no more are made than the first of a kind, beside a mark that is no use and goes at once',
  async (_, renames) => {
    const { report, made, harm, left } = await visit(renames);
    expect(made.length).toBe(4);
    expect(left).toEqual([]);
    expect(harm).toEqual([]);
    expect(report.errors).toEqual([]);
    const cells = report.cells.filter(({ operation }) => operation === 'make-items');
    expect(cells.map(({ outcome }) => outcome)).not.toContain('error');
    const withheld = cells.flatMap(({ cases }) => cases.filter(({ outcome }) => outcome === 'untestable'));
    const shown = new Set(made.map(({ name }) => name));
    for (const { reason } of withheld) {
      expect(reason).toContain('this run named the first of its items "ecc-');
      expect(shown).toContain(/ and got "([^"]*)" back/.exec(reason ?? '')?.[1]);
    }
    expect(withheld.length).toBeGreaterThan(3);
    expect(report.cells.find(({ operation, status }) => operation === 'read-items' && status === 404)?.outcome).toBe(
      'pass',
    );
  },
);

test.each<[string, (name: string) => string]>([
  ['in capitals', (name) => name.toUpperCase()],
  ['cut short behind the mark, and counted', (name) => `${name.slice(0, 14)}~${++count}`],
])('names that come back %s are known again: all is tested as ever', async (_, renames) => {
  const { report, made, left } = await visit(renames);
  expect(made.length).toBeGreaterThan(8);
  expect(left).toEqual([]);
  expect(JSON.stringify(report)).not.toContain('this run named the first');
});
