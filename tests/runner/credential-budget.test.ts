import { expect, test } from 'vitest';
import { loadTarget } from '../../config/target-profile.ts';
import type { TargetProfile } from '../../plan/case.ts';
import { runSuite } from '../../selfcheck/run-suite.ts';
import { withReference } from './support.ts';

/** Values of all Authorization lines. */
const valuesOf = (raw: readonly string[]) =>
  raw.filter((_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === 'authorization');

/** Runs against a reference and notes, in their order, whether requests came with a credential that is wrong. */
async function runWith(
  wrongCredentials: TargetProfile['wrongCredentials'],
  options: Parameters<typeof runSuite>[1] = {},
) {
  const seen: boolean[] = [];
  const good = new Set<string>();
  const report = await withReference(
    {
      alteration: {
        request: ({ rawHeaders, url = '' }) =>
          void seen.push(url.includes('access_token=') || valuesOf(rawHeaders).some((value) => !good.has(value))),
      },
    },
    (reference) => {
      for (const token of [reference.token, reference.adminToken]) good.add(`Bearer ${token}`);
      return runSuite(reference, {
        profile: { ...loadTarget('reference'), wrongCredentials },
        allow: ['read', 'reject', 'write'],
        ...options,
      });
    },
  );
  const cells = report.cells.filter(({ status, outcome }) => status === 401 && outcome !== 'not-applicable');
  const wrong = cells.flatMap(({ operation, cases }) =>
    cases.filter(({ id }) => /token|bearer|scheme|two-/.test(id)).map((each) => ({ operation, ...each })),
  );
  return {
    report,
    seen,
    cells,
    sent: wrong.filter(({ outcome }) => outcome !== 'untestable'),
    kept: wrong.filter(({ outcome }) => outcome === 'untestable'),
  };
}

test('no more wrong credentials go out than the target profile grants, after all else, to as many operations as possible', async () => {
  const { report, seen, cells, sent, kept } = await runWith(20);
  expect(seen.filter(Boolean)).toHaveLength(20);
  const from = seen.indexOf(true);
  // What comes after the first of them are those without one, which are of the same cells, controls and the removal of what the run made.
  expect(from).toBeGreaterThan(seen.length * 0.7);
  expect(sent).toHaveLength(20);
  expect(new Set(sent.map(({ operation }) => operation)).size).toBe(20);
  expect(new Set(sent.map(({ provocation }) => provocation)).size).toBeGreaterThan(4);
  expect([...new Set(kept.map(({ reason }) => reason))]).toEqual([
    'so that nobody is locked out, a run sends 20 requests with a wrong credential at most (wrongCredentials in the target profile)',
  ]);
  expect(cells.map(({ outcome }) => outcome)).toEqual(cells.map(() => 'pass'));
  expect(cells.filter(({ partial }) => partial?.includes('so that nobody is locked out'))).toHaveLength(cells.length);
  expect(report.findings).toEqual([]);
});

test('none at all where the profile grants none, and all of them, twice, where it says that nobody is locked out', async () => {
  const tags = ['http_endpoints'];
  expect((await runWith(0, { tags })).seen.filter(Boolean)).toEqual([]);
  const { seen, sent } = await runWith('unlimited', { tags });
  expect(seen.filter(Boolean)).toHaveLength(2 * sent.length);
});
