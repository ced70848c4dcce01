import type { Place } from '../plan/body-places.ts';
import type { Json } from '../schemas/contract.ts';

/** One way of making a valid field invalid; `value` undefined means that the field is left out. */
export type InvalidValue = { kind: string; value: Json | undefined };

/** A value of another type than each of those allowed, which no lenient parser can take for one of them. */
export const WRONG_TYPE: Record<string, Json> = {
  string: { not: 'a string' },
  integer: 'not-a-number',
  number: 'not-a-number',
  boolean: 'not-a-boolean',
  array: 'not-an-array',
  object: 'not-an-object',
};

/** Every kind of invalid value that the schema of a place rules out: missing, null, wrong type, empty, out of range, unknown. */
export function invalidValues(place: Place): InvalidValue[] {
  const { schema } = place;
  const types = typesOf(schema.type, place.value);
  const main = types.find((type) => type !== 'null');
  const values: InvalidValue[] = [];
  if (place.required) values.push({ kind: 'missing', value: undefined });
  if (types.length > 0 && !types.includes('null')) values.push({ kind: 'null', value: null });
  const wrong = main === undefined ? undefined : WRONG_TYPE[main];
  if (wrong !== undefined) values.push({ kind: 'wrong-type', value: wrong });
  if (typeof schema.minLength === 'number' && schema.minLength > 0) values.push({ kind: 'empty', value: '' });
  if (typeof schema.minItems === 'number' && schema.minItems > 0) values.push({ kind: 'empty', value: [] });
  if (typeof schema.minimum === 'number') values.push({ kind: 'too-small', value: schema.minimum - 1 });
  if (typeof schema.maximum === 'number') values.push({ kind: 'too-large', value: schema.maximum + 1 });
  if (typeof schema.maxItems === 'number' && Array.isArray(place.value))
    values.push({ kind: 'too-many', value: tooMany(place.value, schema.maxItems) });
  if (main === 'string' && (Array.isArray(schema.enum) || typeof schema.const === 'string')) {
    values.push({ kind: 'unknown-value', value: 'no-such-value' });
  }
  const items = schema.items as { enum?: unknown } | undefined;
  if (Array.isArray(items?.enum)) values.push({ kind: 'unknown-item', value: ['no-such-value'] });
  return values;
}

/** The JSON types that a schema allows at a place with this value. */
export function typesOf(type: unknown, value: Json): string[] {
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.map(String);
  // A schema made of alternatives names no type of its own: the valid value tells.
  if (Array.isArray(value)) return ['array'];
  return value !== null && typeof value === 'object' ? ['object'] : [];
}

function tooMany(value: Json[], most: number): Json[] {
  return Array.from({ length: most + 1 }, (_, index) => value[index % value.length] ?? null);
}
