import { renameParams } from '../plan/places.ts';
import type { Resource } from '../plan/resources.ts';
import type { Removal } from './build-world.ts';
import { cleanUp } from './clean-up.ts';
import { findNamed, type Inventory, type Parents } from './inventory.ts';
import { bearsMark, runStartOf } from './run-id.ts';
import type { Session } from './session.ts';

/** Objects of a younger run are left alone, because it may still be under way; in milliseconds. */
const OLD_ENOUGH_MS = 60 * 60_000;

/**
 * Removes what runs that were killed have left on the target: objects with a name that a run gave more than an hour ago.
 * Yields how many there were and a sentence for each that could not be removed. `now` is in milliseconds since 1970.
 */
export async function sweep(session: Session, now: number = Date.now()): Promise<{ found: number; left: string[] }> {
  const { found } = await findNamed(session, (name) => {
    const startedAt = runStartOf(name);
    return startedAt !== undefined && now - startedAt >= OLD_ENOUGH_MS;
  });
  const removals = found.map(({ removal }) => removal);
  return { found: removals.length, left: await cleanUp(session, removals) };
}

/**
 * Objects with a name of this run, known or not: what fails may have made an object and not been able to say so. `known` are the
 * removals of those that are.
 */
export function findOwn(
  session: Session,
  run: string,
  known: readonly Removal[] = [],
  kinds: readonly Resource[] = session.resources,
): Promise<Inventory> {
  const parents: Parents = {};
  for (const { name, path, remove } of session.resources)
    parents[name] = known
      .filter(({ operation }) => operation === remove?.id)
      .map(({ params }) => (remove ? renameParams(remove.path, params, path) : params));
  return findNamed(session, (name) => bearsMark(name, run), kinds, parents);
}
