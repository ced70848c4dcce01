import type { World } from '../engine/case.ts';
import type { Exchange } from '../engine/exchange.ts';
import { valueAt } from '../engine/json-pointer.ts';
import { decodeLoosely } from '../engine/percent.ts';
import { evaluateExpression, linkedParams, type Resource, type WorldObject } from '../engine/resources.ts';
import { parseBody } from '../engine/response-body.ts';
import { validBody } from '../provocations/bodies.ts';
import { mayWrite } from '../provocations/controls.ts';
import { buildRequest, realParams } from '../provocations/request.ts';
import type { Json } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';
import { sendPatiently } from './send-patiently.ts';
import { type Session, sceneOf } from './session.ts';

/** Something the run made and has to remove again: the operation that removes it and its path parameters. */
export type Removal = { operation: string; params: Record<string, string> };

/** Called as soon as an object exists, so that nothing is forgotten when what follows fails. */
export type Journal = (removal: Removal) => void;

/** Makes the run's own objects, or finds some through the list operations where nothing may be written. */
export async function buildWorld(session: Session, run: string, journal: Journal): Promise<World> {
  const world: World = { run, main: {}, other: {}, spare: {}, held: {}, missing: {} };
  for (const resource of session.resources) {
    if (mayWrite(sceneOf(session, world))) await makeObjects(session, world, resource, journal);
    else await findObject(session, world, resource);
  }
  if (mayWrite(sceneOf(session, world))) await makeHeld(session, world, journal);
  return world;
}

async function makeObjects(session: Session, world: World, resource: Resource, journal: Journal): Promise<void> {
  for (const role of ['main', 'other', 'spare'] as const) {
    if (role === 'spare' && !resource.remove) continue;
    const made = await makeObject(session, world, resource, `${resource.name}-${role}`, {}, journal);
    if (typeof made === 'string') world.missing[resource.name] = made;
    else world[role][resource.name] = made;
  }
}

/** Makes one object; a string says why it could not be made. */
async function makeObject(
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
  return made;
}

/** The object that a create operation answered with, or undefined when it made none. */
function madeObject(resource: Resource, { request, response }: Exchange): WorldObject | undefined {
  const item = resource.read ?? resource.update ?? resource.remove;
  if (!response || !item || response.status < 200 || response.status > 299) return undefined;
  const body = parseBody(response);
  if (body.kind !== 'json') return undefined;
  const params = linkedParams(resource.create, item, body.value, paramsOf(resource.create.path, request.target));
  return params && { params, body: body.value, own: true };
}

/** How to remove what an answer of this operation made; undefined when it made nothing, or nothing that can be removed. */
export function removalOf(session: Session, operation: string, exchange: Exchange): Removal | undefined {
  const resource = session.resources.find((each) => each.create.id === operation);
  const made = resource && madeObject(resource, exchange);
  return made && resource.remove && { operation: resource.remove.id, params: made.params };
}

/** Reads the path parameters back out of a target that was built from a template; one that is malformed stays as it is. */
function paramsOf(template: string, target: string): Record<string, string> {
  const [parts, given] = [template.split('/'), (target.split('?')[0] ?? '').split('/')];
  return Object.fromEntries(
    pathParams(template).map((name) => [name, decodeLoosely(given[parts.indexOf(`{${name}}`)] ?? '')]),
  );
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
  const body = exchange.response && parseBody(exchange.response);
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

/** Pairs of own objects of which one uses the other, for the operations that must refuse to remove what is in use. */
async function makeHeld(session: Session, world: World, journal: Journal): Promise<void> {
  for (const operation of session.contract.operations) {
    const resource = session.resources.find((each) => each.remove?.id === operation.id);
    const user = session.resources.find((each) => each.create.id === operation.refusedWhileUsedBy);
    if (!resource || !user) continue;
    const held = await makeObject(session, world, resource, `${resource.name}-held`, {}, journal);
    if (typeof held === 'string') continue;
    const holder = await makeObject(session, world, user, `${user.name}-holder`, { [resource.name]: held }, journal);
    if (typeof holder !== 'string') world.held[resource.name] = held;
  }
}
