import { appendPointer, valueAt, withValueAt } from '../../model/json-pointer.ts';
import { listPlaces, type Place } from '../../plan/body-places.ts';
import type { Json, JsonSchema } from '../../schemas/contract.ts';
import { wrongValues } from './wrong-values.ts';

/** One change to a body; a value of undefined takes the field away. Changes of one key and kind have one schema, whatever the form. */
export type Change = { pointer: string; key: string; kind: string; value: Json | undefined };

/** A place of a body that changes may go to; bound where the value names a part of the object or another one, or the object itself. */
export type Target = Place & { bound?: 'name' | 'reference' };

/** Every place of a body, those of documented fields that it leaves out included. */
export function listTargets(schema: JsonSchema, body: Json): Target[] {
  const present = listPlaces(schema, body);
  const absent = [{ pointer: '', schema }, ...present].flatMap((holder) =>
    absentPlaces(holder, valueAt(body, holder.pointer)),
  );
  const known = new Set(present.map(({ pointer }) => pointer));
  return [...present, ...absent.filter(({ pointer }) => !known.has(pointer))].map((place) => ({
    ...place,
    ...bindingOf(place.schema),
  }));
}

function bindingOf(schema: JsonSchema): Pick<Target, 'bound'> {
  if (schema['x-unique'] !== undefined) return { bound: 'name' };
  return ['x-own', 'x-references'].some((keyword) => schema[keyword] !== undefined) ? { bound: 'reference' } : {};
}

function absentPlaces({ pointer, schema }: Pick<Place, 'pointer' | 'schema'>, value: Json | undefined): Place[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  return properties
    .filter(([name]) => !Object.hasOwn(value, name))
    .map(([name, child]) => ({
      pointer: appendPointer(pointer, name),
      schema: child,
      value: null,
      required: false,
      key: `absent ${pointer}/${name}`,
      choosesForm: false,
    }));
}

/** Every change that makes one field of a body wrong, or odd. */
export function listChanges(targets: Target[]): Change[] {
  const changes = targets.flatMap((target) =>
    wrongValues(target).map((wrong) => ({ pointer: target.pointer, key: target.key, ...wrong })),
  );
  const seen = new Set<string>();
  return changes.filter(({ pointer, value }) => {
    const key = JSON.stringify([pointer, value]);
    return !seen.has(key) && seen.add(key);
  });
}

/** The body with changes made, those that lie deepest first, so that none of them moves what another one means. */
export function applyChanges(body: Json, changes: Change[]): Json {
  return [...changes]
    .sort((one, other) => other.pointer.length - one.pointer.length)
    .reduce((changed, { pointer, value }) => withValueAt(changed, pointer, value), body);
}
