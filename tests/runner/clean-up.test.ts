import { expect, test } from 'vitest';
import { loadTarget } from '../../config/target-profile.ts';
import { emptyWorld, extendWorld, type Removal } from '../../runner/build-world.ts';
import { cleanUp } from '../../runner/clean-up.ts';
import { newRunId } from '../../runner/run-id.ts';
import { makePlan, openSession } from '../../runner/session.ts';
import { CONTRACT } from '../../selfcheck/run-suite.ts';
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
