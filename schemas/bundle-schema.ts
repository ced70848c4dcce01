import type { JsonSchema } from './contract.ts';
import { innerSchemas, mapInner } from './inner-schemas.ts';
import { isObject } from './part.ts';

/** Keywords that a validator need not see: they say nothing of what is valid, or are resolved. */
const LEFT_OUT = ['$id', '$schema', '$defs', 'example', 'examples', 'default', 'discriminator', 'xml', 'externalDocs'];

/**
 * A schema as a validator takes it, which knows no circles of objects: what is used more than once stands under `$defs`. With a
 * discriminator, one of several alternatives is any of them: a body may fit a second one, which the discriminator rules out.
 * `implyObjects` takes what has properties for an object, as whoever leaves `type` out means it.
 */
export function bundleSchema(schema: JsonSchema, implyObjects = false): JsonSchema {
  const shared = findShared(schema);
  const names = new Map<JsonSchema, string>();
  const $defs: Record<string, JsonSchema> = {};
  const refer = (value: unknown): unknown => {
    if (!isObject(value)) return value;
    if (!shared.has(value)) return write(value);
    const name = names.get(value) ?? String(names.size);
    if (!names.has(value)) {
      names.set(value, name);
      $defs[name] = write(value);
    }
    return { $ref: `#/$defs/${name}` };
  };
  const write = (whole: JsonSchema): JsonSchema => {
    const kept = Object.entries(whole).filter(([key]) => !LEFT_OUT.includes(key) && !key.startsWith('x-'));
    const { oneOf, ...simple } = mapInner(Object.fromEntries(kept), (inner) => refer(inner.value));
    if (implyObjects && simple.type === undefined && simple.properties !== undefined) simple.type = 'object';
    if (oneOf === undefined) return simple;
    if (whole.discriminator === undefined) return { ...simple, oneOf };
    if (simple.anyOf === undefined) return { ...simple, anyOf: oneOf };
    return { ...simple, allOf: [...((simple.allOf ?? []) as unknown[]), { anyOf: oneOf }] };
  };
  const root = refer(schema) as JsonSchema;
  return names.size > 0 ? { ...root, $defs } : root;
}

/** The schemas that are used more than once within one, by itself among others. */
function findShared(schema: JsonSchema): Set<JsonSchema> {
  const seen = new Set<JsonSchema>([schema]);
  const shared = new Set<JsonSchema>();
  const open = [schema];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { way, value } of innerSchemas(next)) {
      if (!isObject(value) || LEFT_OUT.includes(way[0])) continue;
      if (seen.has(value)) shared.add(value);
      else {
        seen.add(value);
        open.push(value);
      }
    }
  }
  return shared;
}
