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

type Branch = {
  schema: JsonSchema;
  key: string;
  alternative: boolean;
  /** Names that it asks for, together with what it is put together with (`allOf`). */
  required: readonly string[];
};

/** Every property of a valid body that its schema describes, outermost first. */
export function listPlaces(schema: JsonSchema, body: Json): Place[] {
  const places: Place[] = [];
  walk(schema, '', body, '', places);
  return places;
}

function walk(schema: JsonSchema, key: string, value: Json, pointer: string, places: Place[]): void {
  const known = new Set<string>();
  for (const branch of branchesOf({ schema, key, alternative: false, required: [] }, value)) {
    if (Array.isArray(value)) walkItems(branch, value, pointer, places);
    else if (value !== null && typeof value === 'object') walkProperties(branch, value, pointer, places, known);
  }
}

function walkItems({ schema, key }: Branch, value: Json[], pointer: string, places: Place[]): void {
  const items = schema.items as JsonSchema | undefined;
  const first = value[0];
  // One item stands for all of them: they share a schema.
  if (items && first !== undefined) walk(items, `${key}/items`, first, appendPointer(pointer, 0), places);
}

/** `known` are the names that have a place in this value already: several parts may describe one. */
function walkProperties(
  branch: Branch,
  value: { [name: string]: Json },
  pointer: string,
  places: Place[],
  known: Set<string>,
): void {
  const { required } = branch;
  for (const [name, child] of Object.entries((branch.schema.properties ?? {}) as Record<string, JsonSchema>)) {
    if (!Object.hasOwn(value, name) || known.has(name)) continue;
    known.add(name);
    const place: Place = {
      pointer: appendPointer(pointer, name),
      schema: child,
      value: value[name] as Json,
      required: required.includes(name),
      key: `${branch.key}/properties/${name}`,
      choosesForm: branch.alternative && required.includes(name),
    };
    places.push(place);
    walk(child, place.key, place.value, place.pointer, places);
  }
}

/**
 * The schema itself, all that it is put together from, and those of its alternatives that the value fits: by constants and
 * required properties. A schema that holds itself is one of them once.
 */
function branchesOf(at: Branch, value: Json, seen = new Set<JsonSchema>()): Branch[] {
  if (seen.has(at.schema)) return [];
  seen.add(at.schema);
  const all = listOf(at.schema.allOf);
  const required = [...at.required, ...[at.schema, ...all].flatMap((each) => (each.required ?? []) as string[])];
  const branches: Branch[] = [{ ...at, required }];
  for (const [index, part] of all.entries()) {
    const next = { schema: part, key: `${at.key}/allOf/${index}`, alternative: at.alternative, required };
    branches.push(...branchesOf(next, value, seen));
  }
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const alternatives = listOf(at.schema[keyword]);
    const index = alternatives.findIndex((alternative) => fits(alternative, value));
    const chosen = alternatives[index];
    if (!chosen) continue;
    const next = {
      schema: chosen,
      key: `${at.key}/${keyword}/${index}`,
      alternative: keyword === 'anyOf',
      required: [],
    };
    branches.push(...branchesOf(next, value, seen));
  }
  return branches;
}

function listOf(schemas: unknown): JsonSchema[] {
  return Array.isArray(schemas) ? schemas : [];
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
