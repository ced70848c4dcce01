import { parseExactly } from '../judge/response-body.ts';
import { valueAt } from '../model/json-pointer.ts';
import { linkedParams, type Resource } from '../plan/resources.ts';
import { buildRequest } from '../provocations/request.ts';
import type { Json, Operation } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';
import { propertyNames, propertyOf } from '../schemas/schema-parts.ts';
import type { Removal } from './build-world.ts';
import { cleanUp } from './clean-up.ts';
import { runStartOf } from './run-id.ts';
import { sendPatiently } from './send-patiently.ts';
import type { Session } from './session.ts';

/** Objects of a younger run are left alone, because it may still be under way; in milliseconds. */
const OLD_ENOUGH_MS = 60 * 60_000;

/**
 * Removes what runs that were killed have left on the target: objects with a name that a run gave more than an hour ago.
 * Yields how many there were and a sentence for each that could not be removed. `now` is in milliseconds since 1970.
 */
export async function sweep(session: Session, now: number = Date.now()): Promise<{ found: number; left: string[] }> {
  const removals = await findNamed(session, (name) => {
    const startedAt = runStartOf(name);
    return startedAt !== undefined && now - startedAt >= OLD_ENOUGH_MS;
  });
  return { found: removals.length, left: await cleanUp(session, removals) };
}

/** Objects with a name of this run, known or not: what fails may have made an object and not been able to say so. */
export function findOwn(session: Session, run: string): Promise<Removal[]> {
  return findNamed(session, (name) => name.startsWith(`ecc-${run}-`));
}

/** Those of one kind; undefined where nothing can tell. */
export async function findOwnOf(session: Session, run: string, resource: Resource): Promise<Removal[] | undefined> {
  return findOfKind(session, resource, (name) => name.startsWith(`ecc-${run}-`));
}

/** Objects by their name, in the order of dependencies. */
async function findNamed(session: Session, isOurs: (name: string) => boolean): Promise<Removal[]> {
  const found = await Promise.all(session.resources.map((resource) => findOfKind(session, resource, isOurs)));
  return found.flatMap((each) => each ?? []);
}

async function findOfKind(
  session: Session,
  resource: Resource,
  isOurs: (name: string) => boolean,
): Promise<Removal[] | undefined> {
  const { list, read, remove, create } = resource;
  const field = nameField(create);
  if (!list || !read || !remove || field === undefined || pathParams(list.path).length > 0) return undefined;
  const { exchange } = await sendPatiently(session, { request: buildRequest(list, {}), danger: 'read' });
  const body = exchange.response?.status === 200 ? parseExactly(exchange.response) : undefined;
  if (body?.kind !== 'json') return undefined;
  return itemsOf(list, read, body.value).flatMap(({ item, alone }) => {
    const name = (item as { [field: string]: Json } | null)?.[field];
    if (typeof name !== 'string' || !isOurs(name)) return [];
    const params = linkedParams(list, read, alone, {});
    return params ? [{ operation: remove.id, params }] : [];
  });
}

/** The field of a create body that has to be unique, which the run fills with a name of its own. */
function nameField(create: Operation): string | undefined {
  const whole = create.body?.schema ?? {};
  return propertyNames(whole).find((name) => propertyOf(whole, name).some((schema) => schema['x-unique'] === true));
}

/** The items of a list, each also as the only one of its list: the contract's links point at the first. */
function itemsOf(list: Operation, read: Operation, body: Json): { item: Json; alone: Json }[] {
  const expressions = Object.values(list.links.find((link) => link.operationId === read.id)?.parameters ?? {});
  const place = expressions.map((each) => /^\$response\.body#\/([^/]+)\/0\//.exec(each)?.[1]).find(Boolean);
  const items = place === undefined ? undefined : valueAt(body, `/${place}`);
  return Array.isArray(items) && place !== undefined ? items.map((item) => ({ item, alone: { [place]: [item] } })) : [];
}
