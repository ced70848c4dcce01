import { describe, expect, test } from 'vitest';
import { loadTarget } from '../../config/target-profile.ts';
import { emptyWorld, extendWorld, type Removal } from '../../runner/build-world.ts';
import { cleanUp } from '../../runner/clean-up.ts';
import { newRunId } from '../../runner/run-id.ts';
import { createRunner, FIRST } from '../../runner/runner.ts';
import { makePlan, openSession } from '../../runner/session.ts';
import { CONTRACT } from '../../selfcheck/run-suite.ts';
import { sessionOn } from './left-objects.ts';
import { type Back, type Passing, withProxy } from './proxy.ts';
import { listEverything, withReference } from './support.ts';

test('removes what depends on others first, in whatever order it was made, and what is of one kind side by side', async () => {
  await withReference({}, async (reference) => {
    const profile = loadTarget('reference');
    const plan = makePlan(CONTRACT, { allow: ['read', 'write'], tokenInUrl: true, admin: false, profile }, [
      'contract',
    ]);
    const session = openSession(plan, reference, { timeoutMs: 5000, concurrency: 4 });
    const before = await listEverything(reference);
    const removals: Removal[] = [];
    await extendWorld(session, emptyWorld(newRunId()), session.resources, (removal) => removals.push(removal));
    const kinds: string[] = [];
    let [under, most] = [0, 0];
    const send: typeof session.client.send = async (request, options) => {
      under += 1;
      most = Math.max(most, under);
      kinds.push(`${request.method} ${request.target.split('/').at(-2)}`);
      return session.client.send(request, options).finally(() => {
        under -= 1;
      });
    };
    removals.sort(({ operation: one }, { operation: other }) => one.localeCompare(other));
    expect(await cleanUp({ ...session, client: { ...session.client, send } }, removals)).toEqual([]);
    expect([...new Set(kinds)]).toEqual([
      'DELETE backfills',
      'DELETE sinks',
      'DELETE postgres_databases',
      'DELETE http_endpoints',
    ]);
    expect(most).toBe(3);
    expect(await listEverything(reference)).toEqual(before);
  });
});

/** The end of a run on a reference of whose removals some are refused; what it complains of, and what is left. */
async function endRun(
  refuse: (passing: Passing, tries: number) => Back | 'closed' | undefined,
): Promise<{ problems: string[]; left: boolean; deletes: number }> {
  let problems: string[] = [];
  const tries = new Map<string, number>();
  return withReference({}, async (reference) => {
    const before = await listEverything(reference);
    await withProxy(
      reference,
      {
        request(passing) {
          if (passing.method !== 'DELETE') return passing;
          const count = (tries.get(passing.target) ?? 0) + 1;
          tries.set(passing.target, count);
          const answer = refuse(passing, count);
          if (answer === 'closed') return { answer: { status: 0, headers: {}, body: '', raw: '' } };
          return answer ? { answer } : passing;
        },
      },
      async (proxy) => {
        const runner = createRunner(sessionOn(proxy, ['read', 'write']), { url: proxy.url, id: newRunId() });
        await runner.carryOut({ cell: 'getHttpEndpoint 404', attempt: FIRST });
        problems = await runner.close();
      },
    );
    const left = JSON.stringify(await listEverything(reference)) !== JSON.stringify(before);
    return { problems, left, deletes: Math.max(...tries.values()) };
  });
}

const plain = (status: number): Back => ({ status, headers: { 'content-type': 'text/plain' }, body: 'Later.' });

describe('what is too busy to remove anything is tried again', () => {
  test.each<[string, number, Back | 'closed']>([
    ['429', 9000, plain(429)],
    ['502', 3000, plain(502)],
    ['503', 9000, plain(503)],
    ['504', 3000, plain(504)],
    ['a connection that breaks', 3000, 'closed'],
  ])('%s: until all of it is gone', async (_, lastsMs, answer) => {
    const since = performance.now();
    const { problems, left } = await endRun(() => (performance.now() - since < lastsMs ? answer : undefined));
    expect(problems).toEqual([]);
    expect(left).toBe(false);
  });

  test('in bounds; what is left is told with the command that removes it', async () => {
    const { problems, left, deletes } = await endRun(({ target }) =>
      target.includes('http_endpoints') ? plain(503) : undefined,
    );
    expect(left).toBe(true);
    expect(deletes).toBeLessThan(60);
    expect(problems.length).toBeGreaterThan(2);
    for (const each of problems.slice(0, -1))
      expect(each).toMatch(
        /^an object of this run was left behind: DELETE \/\S+ answered 503\. This removes it: curl .*-X DELETE .*"\$API_TOKEN".* "\$API_URL"\/\S*http_endpoints\/[-0-9a-f]{36}$/,
      );
    expect(problems.at(-1)).toBe('"npm run sweep -- --yes" removes what is left of this run, an hour from now.');
  }, 90_000);

  test('and no removal that is refused is', async () => {
    const { problems, deletes } = await endRun(({ target }) =>
      target.includes('http_endpoints') ? plain(409) : undefined,
    );
    // Once as a control, and once at the end.
    expect(deletes).toBe(2);
    expect(problems[0]).toContain('answered 409.');
  });
});
