import { valueAt, withValueAt } from '../model/json-pointer.ts';
import { listPlaces, type Place } from '../plan/body-places.ts';
import type { Scene } from '../plan/case.ts';
import { fieldOf, resourceOf, type WorldObject } from '../plan/resources.ts';
import type { Json, Operation } from '../schemas/contract.ts';
import { makeInert } from './inert.ts';
import { uniqueName } from './made-up.ts';

/** Names of the documented forms of an operation's body; empty when it takes none. */
export function bodyForms(operation: Operation): string[] {
  return Object.keys(operation.body?.examples ?? {});
}

/**
 * A body that the operation accepts on this target: the documented example, with unique names of our own, references to objects
 * that exist, what keeps it inert, and what the target profile adds. `purpose` makes the unique name; an update keeps its object's own.
 * `uses` replaces the object that references aim at, by resource. Undefined when a referenced object is not known here, or no name is
 * of the form that is asked for.
 */
export function validBody(
  operation: Operation,
  scene: Scene,
  purpose: string,
  form?: string,
  uses: Record<string, WorldObject> = {},
): Json | undefined {
  const example = operation.body?.examples[form ?? bodyForms(operation)[0] ?? ''];
  if (!operation.body || example === undefined) return undefined;
  let body = mergeBody(example, scene.capabilities.profile.bodies[operation.id]);
  for (const { pointer, schema } of listPlaces(operation.body.schema, body)) {
    const reference = schema['x-references'] as { operationId: string; value: string } | undefined;
    if (reference) {
      const resource = scene.resources.find((each) => each.create.id === reference.operationId);
      const object = resource && (uses[resource.name] ?? scene.world.main[resource.name]);
      const value = object && fieldOf(object, reference.value);
      if (value === undefined) return undefined;
      body = withValueAt(body, pointer, value);
    } else if (schema['x-unique'] === true) {
      const name = ownValue(operation, scene, pointer) ?? uniqueName(scene, purpose, schema);
      if (name === undefined) return undefined;
      body = withValueAt(body, pointer, name);
    } else if (schema['x-own'] === true) {
      // Names a part of the object itself, such as the id of its replication slot: only the object can tell.
      const value = ownValue(operation, scene, pointer);
      if (value === undefined) return undefined;
      body = withValueAt(body, pointer, value);
    }
  }
  return makeInert(operation, scene, body);
}

/** A body with new names: what makes an object of it, although there is none that it could change, is found by them. */
export function withNewNames(operation: Operation, scene: Scene, body: Json, purpose: string): Json {
  return namePlaces(operation, body).reduce((made, { pointer, schema }) => {
    const name = uniqueName(scene, purpose, schema);
    return name === undefined ? made : withValueAt(made, pointer, name);
  }, body);
}

/** A body without the names that it need not have: those of this run's objects are taken, and no other object is to have a new one. */
export function withoutNames(operation: Operation, body: Json): Json {
  return namePlaces(operation, body)
    .filter(({ required }) => !required)
    .reduce((made, { pointer }) => withValueAt(made, pointer, undefined), body);
}

function namePlaces(operation: Operation, body: Json): Place[] {
  return listPlaces(operation.body?.schema ?? {}, body).filter(({ schema }) => schema['x-unique'] === true);
}

/** The value that the object an update aims at has already, so that a valid update changes nothing that others rely on. */
function ownValue(operation: Operation, scene: Scene, pointer: string): Json | undefined {
  const resource = resourceOf(operation, scene.resources);
  return resource?.update?.id === operation.id ? valueAt(scene.world.main[resource.name]?.body, pointer) : undefined;
}

function mergeBody(body: Json, extra: Record<string, Json> | undefined): Json {
  if (!extra || body === null || typeof body !== 'object' || Array.isArray(body)) return body;
  const merged = { ...body };
  for (const [name, value] of Object.entries(extra)) {
    const nested = value !== null && typeof value === 'object' && !Array.isArray(value) && merged[name] !== undefined;
    merged[name] = nested ? mergeBody(merged[name] as Json, value) : value;
  }
  return merged;
}
