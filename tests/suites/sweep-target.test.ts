import { expect, test } from 'vitest';
import { newRunId } from '../../runner/run-id.ts';
import { sweepTarget } from '../../suites/sweep-target.ts';
import { withClock } from '../runner/clock.ts';
import { leaveObjects, sessionOn } from '../runner/left-objects.ts';
import type { Rules } from '../runner/proxy.ts';
import { listEverything } from '../runner/support.ts';

const MINUTE = 60_000;

/** What is left of a run without a mark, one that was killed an hour ago and one that is under way; `sweep` yields exit code and lines. */
function withRuns(
  work: (
    sweep: (removes: boolean) => Promise<{ code: number; lines: string[] }>,
    list: () => Promise<string[]>,
    runs: { unmarked: string; killed: string; alive: string },
  ) => Promise<void>,
  rules: Rules = {},
): Promise<void> {
  return withClock(async (target, reference, clock) => {
    const session = sessionOn(target);
    const runs = { unmarked: newRunId(), killed: newRunId(), alive: newRunId() };
    await leaveObjects(session, runs.unmarked, false);
    await leaveObjects(session, runs.killed);
    clock.ms = 55 * MINUTE;
    await leaveObjects(session, runs.alive);
    clock.ms = 61 * MINUTE;
    const list = async () => JSON.stringify(await listEverything(reference)).match(/ecc-[0-9a-z]{10}/g) ?? [];
    await work(
      async (removes) => {
        const lines: string[] = [];
        const code = await sweepTarget({ session: sessionOn(target), say: (line) => lines.push(line) }, removes);
        return { code, lines };
      },
      list,
      runs,
    );
  }, rules);
}

test('lists what is left and removes nothing unless told to: kind, name, since when, and the command that removes it', async () => {
  await withRuns(async (sweep, list, runs) => {
    const before = await list();
    const { code, lines } = await sweep(false);
    expect(code).toBe(0);
    expect(await list()).toEqual(before);
    for (const run of [runs.unmarked, runs.killed]) {
      const at = lines.findIndex((line) => line.includes(`"ecc-${run}-sinks-main"`));
      expect(lines[at]).toMatch(/^sinks "ecc-.*" \(run of \d{4}-\d\d-\d\d \d\d:\d\d UTC, by its own clock; /);
      expect(lines[at + 1]).toMatch(/^ {4}curl .* -X DELETE .*"\$API_TOKEN".* "\$API_URL"\/sinks\/[-\w]+$/);
    }
    const kept = lines.filter((line) => line.includes(runs.alive));
    expect(kept.length).toBeGreaterThan(9);
    for (const line of kept)
      expect(line).toMatch(/its run may be under way, as its mark is younger than an hour: it stays\)$/);
    expect(lines.at(-1)).toMatch(/^\d+ objects of 2 runs to remove: npm run sweep -- --yes$/);
    expect(
      lines.filter((line) => /mark of .* UTC, by the server's clock; its run is not under way/.test(line)).length,
    ).toBe(1);
  });
});

test('told to remove, it removes all but what belongs to a run that is under way', async () => {
  await withRuns(async (sweep, list, runs) => {
    const kept = (await list()).filter((name) => name === `ecc-${runs.alive}`);
    const { code, lines } = await sweep(true);
    expect(lines.at(-1)).toMatch(/^\d+ objects of 2 runs to remove, 0 left\.$/);
    expect(code).toBe(0);
    expect(await list()).toEqual(kept);
  });
});

test('what cannot be removed, or looked for, is told, and the command fails', async () => {
  const refusal = { answer: { status: 409, headers: {}, body: '' } };
  await withRuns(
    async (sweep) => {
      const { code, lines } = await sweep(true);
      expect(code).toBe(1);
      expect(lines.filter((line) => /^Left: DELETE \/sinks\/\S+ answered 409$/.test(line)).length).toBeGreaterThan(3);
      expect(lines.at(-1)).toMatch(/ to remove, [1-9]\d* left\.$/);
    },
    { request: (passing) => (passing.method === 'DELETE' && /^\/sinks/.test(passing.target) ? refusal : passing) },
  );
  let isBroken = false;
  await withRuns(
    async (sweep) => {
      isBroken = true;
      const { code, lines } = await sweep(false);
      expect(code).toBe(1);
      expect(lines).toContain('Not looked through: GET /sinks answered 409.');
    },
    { request: (passing) => (isBroken && passing.method === 'GET' && passing.target === '/sinks' ? refusal : passing) },
  );
});
