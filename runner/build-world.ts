import { randomUUID } from 'node:crypto';
import { parseExactly } from '../judge/response-body.ts';
import type { Exchange } from '../model/exchange.ts';
import { valueAt } from '../model/json-pointer.ts';
import { type Capabilities, MOST_OBJECTS, type World } from '../plan/case.ts';
import { evaluateExpression, linkedParams, type Resource, type WorldObject } from '../plan/resources.ts';
import { validBody } from '../provocations/bodies.ts';
import { mayWrite } from '../provocations/controls.ts';
import { buildRequest, realParams } from '../provocations/request.ts';
import type { Json, Operation } from '../schemas/contract.ts';
import { madeObject } from './made-object.ts';
import { whyUnknown } from './own-names.ts';
import { sendPatiently } from './send-patiently.ts';
import { type Session, sceneOf } from './session.ts';
import { awaitThere } from './settle.ts';

/** Something the run made and has to remove again: the operation that removes it and its path parameters. */
export type Removal = { operation: string; params: Record<string, string> };

/** Called as soon as an object exists, so that nothing is forgotten when what follows fails. */
export type Journal = (removal: Removal) => void;

/** A world in which nothing stands yet. */
export function emptyWorld(run: string): World {
  return { run, madeUp: randomUUID(), main: {}, other: {}, spare: {}, held: {}, missing: {} };
}

/**
 * Makes objects of these resources, or finds some through the list operations where nothing may be written. What does not wait
 * for another is made at once; a resource comes behind those that it depends on.
 */
export async function extendWorld(
  session: Session,
  world: World,
  resources: Resource[],
  journal: Journal,
): Promise<void> {
  const under = new Map<string, Promise<void>>();
  for (const resource of resources) {
    const above = [resource.parent, ...resource.references.map(({ resource: name }) => name)];
    const before = Promise.all(above.map((name) => under.get(name ?? '')));
    const make = mayWrite(sceneOf(session, world)) ? makeObjects : findObject;
    under.set(
      resource.name,
      before.then(() => make(session, world, resource, journal)),
    );
  }
  await Promise.all(under.values());
}

/**
 * What a run makes of a kind before the first cell: what it aims at, another one, and, where they can be removed, one to remove. Where few
 * may be there at a time, the last are left out, so that there is room for what requests make.
 */
function rolesOf(
  { remove }: Resource,
  { mostObjects = MOST_OBJECTS }: Pick<Capabilities, 'mostObjects'>,
): ['main', ...('other' | 'spare')[]] {
  const others = remove ? (['other', 'spare'] as const) : (['other'] as const);
  return ['main', ...others.slice(0, Math.max(0, mostObjects - 2))];
}

/** How many objects of a kind a run has at once before the first cell, its mark included. */
export function countNeeded(resource: Resource, { marked }: World, capabilities: Capabilities): number {
  return rolesOf(resource, capabilities).length + (marked === resource.name ? 1 : 0);
}

async function makeObjects(session: Session, world: World, resource: Resource, journal: Journal): Promise<void> {
  const roles = rolesOf(resource, session.capabilities);
  const make = (role: string) => makeObject(session, world, resource, `${resource.name}-${role}`, {}, journal);
  const [first, ...rest] = roles;
  const all = [await make(first)];
  // Those that a server lets nobody know again by their names are no more than this run knows by their ids.
  const withheld = session.gate.withheld(resource.create);
  all.push(...(await Promise.all(rest.map((role) => withheld ?? make(role)))));
  const made = all.filter((each) => typeof each !== 'string');
  // Where fewer may be made, the first roles are those that most rests on.
  for (const [index, object] of made.entries()) world[roles[index] ?? 'main'][resource.name] = object;
  const why = all.find((each) => typeof each === 'string');
  if (why !== undefined)
    world.missing[resource.name] =
      made.length === 0
        ? why
        : `${why} after ${made.length} were made; a run needs at least ${countNeeded(resource, world, session.capabilities)} of them at once`;
}

/** Makes one object; a string says why it could not be made. */
export async function makeObject(
  session: Session,
  world: World,
  resource: Resource,
  purpose: string,
  uses: Record<string, WorldObject>,
  journal: Journal,
): Promise<WorldObject | string> {
  const scene = sceneOf(session, world);
  const { create } = resource;
  const params = realParams(create, scene);
  if (!params) return `its parent, ${resource.parent ?? 'another object'}, could not be made`;
  const body = validBody(create, scene, purpose, undefined, uses);
  if (body === undefined)
    return `an object it refers to (${resource.references.map((each) => each.resource).join(', ')}) could not be made`;
  const request = buildRequest(create, { params, body });
  const { exchange } = await sendPatiently(session, { request, danger: 'write' });
  const made = madeObject(resource, exchange);
  if (!made) return `${create.method} ${create.path} answered ${summarise(exchange)}`;
  if (resource.remove) journal({ operation: resource.remove.id, params: made.params });
  // What is read next would not be found where a copy answers that has not heard of it yet.
  await awaitThere(session, resource, made.params);
  const unknown = await whyUnknown(session, resource, world.run, body, made);
  if (unknown !== undefined) session.gate.withhold(create, unknown);
  return made;
}

/** How to remove what an answer of this operation made; undefined when it made nothing, or nothing that can be removed. */
export function removalOf(session: Session, operation: string, exchange: Exchange): Removal | undefined {
  const resource = session.resources.find((each) => each.create.id === operation);
  const made = resource && madeObject(resource, exchange);
  return made && resource.remove && { operation: resource.remove.id, params: made.params };
}

function summarise({ response, failure }: Exchange): string {
  return response
    ? `${response.status} ${response.body.slice(0, 200)}`
    : `nothing (${failure?.message ?? 'no answer'})`;
}

async function findObject(session: Session, world: World, resource: Resource): Promise<void> {
  const { list, read } = resource;
  const params = list && realParams(list, sceneOf(session, world));
  if (!list || !read || !params) {
    world.missing[resource.name] = `no ${resource.parent ?? 'list operation'} to look in`;
    return;
  }
  const { exchange } = await sendPatiently(session, { request: buildRequest(list, { params }), danger: 'read' });
  const body = exchange.response && parseExactly(exchange.response);
  const value: Json | undefined = body?.kind === 'json' ? body.value : undefined;
  const linked = value === undefined ? undefined : linkedParams(list, read, value, params);
  const found =
    linked && firstItem(list.links.find((link) => link.operationId === read.id)?.parameters ?? {}, value ?? null);
  if (linked && found !== undefined) world.main[resource.name] = { params: linked, body: found, own: false };
  else world.missing[resource.name] = `${list.method} ${list.path} lists none`;
}

/** The list item that a link's expression points into. */
function firstItem(parameters: Record<string, string>, body: Json): Json | undefined {
  const expression = Object.values(parameters).find((each) => each.startsWith('$response.body#'));
  if (expression === undefined || evaluateExpression(expression, body, {}) === undefined) return undefined;
  return valueAt(body, expression.slice('$response.body#'.length).replace(/\/[^/]*$/, ''));
}

/** A pair of own objects of which one uses the other, for an operation that must refuse to remove what is in use. */
export async function makeHeld(session: Session, world: World, operation: Operation, journal: Journal): Promise<void> {
  const resource = session.resources.find((each) => each.remove?.id === operation.id);
  const user = session.resources.find((each) => each.create.id === operation.refusedWhileUsedBy);
  if (!resource || !user || world.held[resource.name] || !mayWrite(sceneOf(session, world))) return;
  const held = await makeObject(session, world, resource, `${resource.name}-held`, {}, journal);
  if (typeof held === 'string') return;
  const holder = await makeObject(session, world, user, `${user.name}-holder`, { [resource.name]: held }, journal);
  if (typeof holder !== 'string') world.held[resource.name] = held;
}
