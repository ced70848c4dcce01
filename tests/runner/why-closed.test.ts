import { expect, test } from 'vitest';
import type { Alteration } from '../../reference/alteration.ts';
import { ApiError } from '../../reference/errors.ts';
import { visitSloppy } from './sloppy.ts';

const WRITES = ['createHttpEndpoint', 'updateHttpEndpoint', 'deleteHttpEndpoint'];

/** Lets nobody change anything any more after so many changes; each start counts anew. */
const closesAfter = (most: number): Alteration => ({
  parts: ({ handlers }) => {
    let changes = 0;
    const wrap = ([id, own]: [string, (typeof handlers)[string]]) => [
      id,
      WRITES.includes(id)
        ? (call: Parameters<typeof own>[0]) => {
            changes += 1;
            if (changes > most) throw new ApiError(403, 'Read-only for maintenance.');
            return own(call);
          }
        : own,
    ];
    return { handlers: Object.fromEntries(Object.entries(handlers).map(wrap)) };
  },
});

test('where nobody may change anything by now, that a fault is answered so shows nothing', async () => {
  const { report, left } = await visitSloppy(closesAfter(30));
  expect(report.findings).toEqual([]);
  const reasons = report.cells.flatMap(({ cases }) => cases.map(({ reason = '' }) => reason)).join();
  expect(reasons).toMatch(/was carried out before, and is answered 403 by now/);
  for (const id of left) expect(JSON.stringify([report.errors, report.run.values])).toContain(id);
});

test('where what is valid is still carried out, it is the wrong error', async () => {
  const wrong: Alteration = {
    answer: (answer, { operation }) =>
      operation === 'createHttpEndpoint' && answer.status === 422 ? { ...answer, status: 403 } : answer,
  };
  const { report } = await visitSloppy(wrong);
  expect(report.findings.map(({ check }) => check)).toContain('meaning-422');
});
