import { withValueAt } from '../model/json-pointer.ts';
import { listPlaces, type Place } from '../plan/body-places.ts';
import type { Scene } from '../plan/case.ts';
import { answersTo } from '../schemas/answers.ts';
import type { Condition } from '../schemas/conditions.ts';
import type { Json, Operation } from '../schemas/contract.ts';
import { validBody } from './bodies.ts';
import { typesOf, WRONG_TYPE } from './invalid-values.ts';
import { uniqueName } from './made-up.ts';

/** A body that has to be refused whatever becomes of the fault that a case is about, and the condition that its second fault is. */
export type Doubled = { body: Json; condition: Condition };

/**
 * Puts a second, certain fault into a body: a value of another type in a required field, best in one that would name an object of
 * somebody else, or else a reference to nothing, where the contract says what answers it. The first fault is at the place `at` of a
 * body that was `valid` before, and stays as it is. Undefined where no second fault is certain.
 */
export function withSecondFault(
  operation: Operation,
  scene: Scene,
  body: Json,
  { valid, at }: { valid: Json; at: string } = { valid: body, at: '' },
): Doubled | undefined {
  const places = listPlaces(operation.body?.schema ?? {}, valid).filter((place) => isApart(place, at));
  const typed = places.filter((place) => place.required && wrongFor(place) !== undefined);
  const [place] = typed.sort((one, other) => rankOf(one) - rankOf(other));
  if (place) return { body: withValueAt(body, place.pointer, wrongFor(place)), condition: 'invalid-body' };
  const reference = places.find(({ schema }) => schema['x-references'] !== undefined);
  const unknown = reference && uniqueName(scene, 'no-such-object', reference.schema);
  if (!reference || unknown === undefined || !answersTo('unknown-reference', operation, scene.contract))
    return undefined;
  return { body: withValueAt(body, reference.pointer, unknown), condition: 'unknown-reference' };
}

/** A body of an operation that has to be refused, and bears this run's name as long as it can: what is made of it all the same is found. */
export function refusedBody(operation: Operation, scene: Scene, purpose: string): Json | undefined {
  const body = validBody(operation, scene, purpose);
  return body === undefined ? undefined : withSecondFault(operation, scene, body)?.body;
}

/** Neither the place itself, nor what holds it or stands in it. */
function isApart({ pointer }: Place, at: string): boolean {
  return at === '' || !(`${pointer}/`.startsWith(`${at}/`) || `${at}/`.startsWith(`${pointer}/`));
}

/** A name tells whose an object is, and goes last. What stands deep in a body may be overlooked with all that is around it. */
function rankOf({ schema, pointer }: Place): number {
  const depth = pointer.split('/').length;
  return (schema['x-unique'] === true ? 1000 : 0) + (schema['x-references'] === undefined ? 100 : 0) + depth;
}

function wrongFor({ schema, value }: Place): Json | undefined {
  const types = typesOf(schema.type, value);
  // What may be anything, or nothing, is not wrong for certain.
  const [type] = types.length === 1 ? types : [];
  return type === undefined ? undefined : WRONG_TYPE[type];
}
