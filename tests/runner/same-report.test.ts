import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Alteration } from '../../reference/alteration.ts';
import type { Report } from '../../report/report.ts';
import { newRunId } from '../../runner/run-id.ts';
import { runSuite } from '../../selfcheck/run-suite.ts';
import { withReference } from './support.ts';

/** Broken in ways that show ids, times and names: of each answer, of the request, and of what is inside. */
const alteration: Alteration = {
  answer: ({ status, headers, body }, { path, method }) => {
    const id = randomUUID();
    const text = `no ${path} for ${id} at ${new Date().toISOString()}`;
    return {
      status,
      headers: [...headers, ['X-Request-Id', id], ['X-Runtime', String(Math.random())]],
      body: status < 400 || method === 'HEAD' ? body : JSON.stringify({ errors: text, trace: { id } }),
    };
  },
};

test('two runs on an API that is broken alike make the same report, but for what names the run', async () => {
  const run = (port: number): Promise<{ report: Report; port: number }> =>
    withReference({ port, alteration }, async (reference) => ({
      report: await runSuite(reference, {
        tags: ['http_endpoints'],
        allow: ['read', 'reject', 'write'],
        run: newRunId(),
        generation: { level: 'quick', seed: 1, budget: 200 },
      }),
      port: Number(new URL(reference.url).port),
    }));
  const first = await run(0);
  const second = await run(first.port);
  const { run: one, ...before } = first.report;
  const { run: two, ...after } = second.report;
  expect(before.findings.length).toBeGreaterThan(50);
  const lines = (report: unknown): string[] => JSON.stringify(report, null, 1).split('\n');
  expect(lines(after)).toEqual(lines(before));
  expect(two.values).not.toEqual(one.values);
  expect(Object.keys(two.values)).toEqual(Object.keys(one.values));
});
