import { renameParams, whyUnsendable } from '../plan/places.ts';
import type { Resource } from '../plan/resources.ts';
import type { Json, Operation } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';
import type { Removal } from './build-world.ts';
import { nameAt, nameFields } from './own-names.ts';
import { listAll } from './pages/list-all.ts';
import { linkedOperation } from './pages/list-items.ts';
import type { Session } from './session.ts';

/** An object on the target that bears a name; `body` is how its list shows it, `params` address it by the path of its resource. */
export type Named = { removal: Removal; resource: Resource; name: string; body: Json; params: Record<string, string> };

/**
 * What was found, what others depend on first; and a sentence for each list, or object of one, that could not be looked through, which leaves these
 * kinds `partial`. `date`
 * is the earliest at which a list was answered, by the server's clock, in milliseconds since 1970; absent where no answer was dated.
 */
export type Inventory = { found: Named[]; unseen: string[]; partial: Resource[]; date?: number };

/** Path parameters of objects that are this run's, by resource name: lists below them are looked through. */
export type Parents = Record<string, Record<string, string>[]>;

/**
 * Looks for objects by their names, on all pages of the lists of some kinds; those that have no name of ours, or that nothing removes,
 * are left out. Lists below another object are looked through for the parents that are given and those that are found.
 */
export async function findNamed(
  session: Session,
  isOurs: (name: string) => boolean,
  kinds: readonly Resource[] = session.resources,
  parents: Parents = {},
): Promise<Inventory> {
  const under = new Map<string, Promise<Inventory>>();
  // Parents stand before what is below them.
  for (const resource of session.resources.filter((each) => kinds.includes(each))) {
    const above = under.get(resource.parent ?? '');
    const known = resource.parent === undefined ? [] : (parents[resource.parent] ?? []);
    under.set(
      resource.name,
      (async () => {
        const found = (await above)?.found ?? [];
        return findOfKind(session, resource, isOurs, [...known, ...found.map(({ params }) => params)]);
      })(),
    );
  }
  const all = await Promise.all(under.values());
  return {
    found: all.flatMap(({ found }) => found),
    unseen: all.flatMap(({ unseen }) => unseen),
    partial: all.flatMap(({ partial }) => partial),
    ...earliest(all),
  };
}

function earliest(all: readonly { date?: number }[]): { date?: number } {
  const dates = all.flatMap(({ date }) => date ?? []);
  return dates.length === 0 ? {} : { date: Math.min(...dates) };
}

async function findOfKind(
  session: Session,
  resource: Resource,
  isOurs: (name: string) => boolean,
  parents: readonly Record<string, string>[],
): Promise<Inventory> {
  const { create, remove, list } = resource;
  const fields = nameFields(create);
  const isOut = [list, remove].some((each) => each && whyUnsendable(each, session.contract, {}) !== undefined);
  // What no contract tells of nobody can look for, nor for what is served elsewhere.
  if (!remove || !list || isOut || fields.length === 0 || !linkedOperation(resource))
    return { found: [], unseen: [], partial: [] };
  const places = placesToLook(session, resource, list, parents);
  const lists = await Promise.all(places.map((params) => listAll(session, resource, params)));
  const unseen = new Set(lists.flatMap(({ problem }) => problem ?? []));
  const found: Named[] = [];
  for (const { value, params } of lists.flatMap(({ items }) => items)) {
    const name = fields.map((field) => nameAt(value, field)).find((each) => each !== undefined && isOurs(each));
    if (name === undefined) continue;
    if (!params) unseen.add(`${create.path} lists "${name.slice(0, 200)}" and not what it is addressed by`);
    else
      found.push({
        removal: { operation: remove.id, params: renameParams(resource.path, params, remove.path) },
        resource,
        name,
        body: value,
        params,
      });
  }
  return {
    found,
    unseen: [...unseen].map((each) => `${each}.`),
    partial: unseen.size > 0 ? [resource] : [],
    ...earliest(lists),
  };
}

/** Path parameters to list a kind with: none, those of its parents, or what the target profile has this run make such objects below. */
function placesToLook(
  { capabilities, resources }: Session,
  { create, parent }: Resource,
  list: Operation,
  parents: readonly Record<string, string>[],
): Record<string, string>[] {
  const names = pathParams(list.path);
  if (names.length === 0) return [{}];
  const above = resources.find(({ name }) => name === parent)?.path ?? '';
  const named = capabilities.profile.objects[create.id];
  const all = [
    ...parents.map((params) => renameParams(above, params, list.path)),
    ...(named ? [renameParams(create.path, named, list.path)] : []),
  ].filter((params) => names.every((name) => params[name] !== undefined));
  return [...new Map(all.map((params) => [JSON.stringify(params), params])).values()];
}
