import { isAnnotation } from './merge-ref.ts';
import type { Plain } from './part.ts';

/**
 * Turns what OpenAPI 3.0 says in its own way into JSON Schema 2020-12, in place: `nullable`, and bounds that are exclusive by a flag.
 * Many a document of 3.1 still says so, and means it.
 */
export function normaliseSchema(schema: Plain): void {
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof schema[flag] !== 'boolean') continue;
    const isExclusive = schema[flag] && schema[bound] !== undefined;
    delete schema[flag];
    if (!isExclusive) continue;
    schema[flag] = schema[bound];
    delete schema[bound];
  }
  if (typeof schema.nullable !== 'boolean') return;
  const { nullable } = schema;
  delete schema.nullable;
  if (nullable) allowNull(schema);
}

function allowNull(schema: Plain): void {
  const asserted = Object.keys(schema).filter((key) => !isAnnotation(key));
  if (asserted.length === 0) return;
  const types = [schema.type ?? []].flat();
  if (types.length > 0 && !['allOf', 'anyOf', 'oneOf', 'const', 'not'].some((key) => key in schema)) {
    schema.type = [...new Set([...types, 'null'])];
    if (Array.isArray(schema.enum) && !schema.enum.includes(null)) schema.enum = [...schema.enum, null];
    return;
  }
  const inner = Object.fromEntries(asserted.map((key) => [key, schema[key]]));
  if (schema.discriminator !== undefined) inner.discriminator = schema.discriminator;
  for (const key of Object.keys(inner)) delete schema[key];
  schema.anyOf = [inner, { type: 'null' }];
}
