import { appendPointer } from '../model/json-pointer.ts';
import type { Json, JsonSchema } from '../schemas/contract.ts';

/** One property of a body, with the schema that governs it there. */
export type Place = {
  /** JSON pointer into the body. */
  pointer: string;
  schema: JsonSchema;
  /** Its value in the body walked. */
  value: Json;
  required: boolean;
  /** Where its schema stands; the same in two bodies when the same schema governs both. */
  key: string;
  /** True when leaving it out turns the body into another of several documented forms. */
  choosesForm: boolean;
};

type Branch = { schema: JsonSchema; key: string; alternative: boolean };

/** Every property of a valid body that its schema describes, outermost first. */
export function listPlaces(schema: JsonSchema, body: Json): Place[] {
  const places: Place[] = [];
  walk({ schema, key: '', alternative: false }, body, '', places);
  return places;
}

function walk(at: Branch, value: Json, pointer: string, places: Place[]): void {
  for (const branch of branchesOf(at, value)) {
    if (Array.isArray(value)) walkItems(branch, value, pointer, places);
    else if (value !== null && typeof value === 'object') walkProperties(branch, value, pointer, places);
  }
}

function walkItems(branch: Branch, value: Json[], pointer: string, places: Place[]): void {
  const items = branch.schema.items as JsonSchema | undefined;
  const first = value[0];
  // One item stands for all of them: they share a schema.
  if (items && first !== undefined) {
    walk({ schema: items, key: `${branch.key}/items`, alternative: false }, first, appendPointer(pointer, 0), places);
  }
}

function walkProperties(branch: Branch, value: { [name: string]: Json }, pointer: string, places: Place[]): void {
  const required = (branch.schema.required ?? []) as string[];
  for (const [name, child] of Object.entries((branch.schema.properties ?? {}) as Record<string, JsonSchema>)) {
    if (!Object.hasOwn(value, name)) continue;
    const place: Place = {
      pointer: appendPointer(pointer, name),
      schema: child,
      value: value[name] as Json,
      required: required.includes(name),
      key: `${branch.key}/properties/${name}`,
      choosesForm: branch.alternative && required.includes(name),
    };
    places.push(place);
    walk({ schema: child, key: place.key, alternative: false }, place.value, place.pointer, places);
  }
}

/** The schema itself and those of its alternatives that the value fits: by constants and required properties. */
function branchesOf(at: Branch, value: Json): Branch[] {
  const branches = [at];
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const alternatives = (at.schema[keyword] ?? []) as JsonSchema[];
    const index = alternatives.findIndex((alternative) => fits(alternative, value));
    const chosen = alternatives[index];
    if (chosen) {
      const next = { schema: chosen, key: `${at.key}/${keyword}/${index}`, alternative: keyword === 'anyOf' };
      branches.push(...branchesOf(next, value));
    }
  }
  return branches;
}

function fits(schema: JsonSchema, value: Json): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const required = (schema.required ?? []) as string[];
  if (!required.every((name) => Object.hasOwn(value, name))) return false;
  return Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>).every(
    ([name, child]) => !Object.hasOwn(child, 'const') || child.const === value[name],
  );
}

/** The path of a place as people write it: `destination.topic`, `tables.0.name`. */
export function fieldName(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
}
