import type { Place } from '../../plan/body-places.ts';
import type { Json, JsonSchema } from '../../schemas/contract.ts';
import { type InvalidValue, invalidValues, typesOf } from '../invalid-values.ts';

/** Longer than any column or line that is meant to hold a name. */
const OVERSIZE = 10_000;

/** A value of each JSON type, none of them special. */
const OF_TYPE: Record<string, Json> = {
  string: 'text',
  integer: 42,
  number: 0.5,
  boolean: true,
  array: [],
  object: {},
};

/** Texts that a text field has to cope with, one way or the other. */
const ODD_TEXTS: Record<string, string> = {
  oversize: 'x'.repeat(OVERSIZE),
  nul: 'a\u0000b',
  control: 'a\u0007\u001bb',
  'lone-surrogate': 'a\ud800b',
  'right-to-left': 'a\u202eb',
  emoji: '🙈'.repeat(100),
  blank: ' \t\n',
};

const ODD_NUMBERS: Record<string, Json> = {
  huge: 1e308,
  'beyond-64-bit': 2 ** 64,
  negative: -1,
  fraction: 0.5,
  zero: 0,
};

/** Texts that miss a format. */
const OFF_FORMAT: Record<string, string> = {
  uuid: '00000000-0000-0000-0000-00000000000g',
  uri: 'http://exa mple.com:port',
  url: 'http://exa mple.com:port',
  hostname: 'exa mple..com',
  'date-time': '2026-13-45T99:00:00Z',
  date: '2026-02-30',
  email: 'nobody@',
};

/** Every wrong or odd value for a place: what `invalidValues` has, every other type, odd texts and numbers, near misses, nesting. */
export function wrongValues(place: Place): InvalidValue[] {
  const { schema, value } = place;
  const types = typesOf(schema.type, value);
  const values = [...invalidValues(place)];
  for (const [type, other] of Object.entries(OF_TYPE))
    if (!types.includes(type) && !(type === 'integer' && types.includes('number')))
      values.push({ kind: `type-${type}`, value: other });
  if (types.includes('string')) values.push(...entries(ODD_TEXTS), ...nearMisses(schema), ...lengths(schema));
  if (types.includes('integer') || types.includes('number')) {
    values.push(...entries(ODD_NUMBERS), ...bounds(schema), { kind: 'number-in-text', value: String(value) });
  }
  if (types.includes('boolean')) values.push({ kind: 'boolean-in-text', value: String(value) });
  const offFormat = OFF_FORMAT[String(schema.format)];
  if (offFormat !== undefined) values.push({ kind: 'format', value: offFormat });
  values.push({ kind: 'nested-in-object', value: { value } }, { kind: 'nested-in-array', value: [value] });
  return values;
}

function entries(values: Record<string, Json>): InvalidValue[] {
  return Object.entries(values).map(([kind, value]) => ({ kind, value }));
}

/** What a careless client makes of an allowed value. */
function nearMisses(schema: JsonSchema): InvalidValue[] {
  const allowed = Array.isArray(schema.enum) ? schema.enum[0] : schema.const;
  if (typeof allowed !== 'string') return [];
  const swapped = allowed === allowed.toUpperCase() ? allowed.toLowerCase() : allowed.toUpperCase();
  return entries({ 'enum-case': swapped, 'enum-blank': `${allowed} `, 'enum-cut': allowed.slice(0, -1) });
}

function lengths({ minLength, maxLength }: JsonSchema): InvalidValue[] {
  const values: InvalidValue[] = [];
  if (typeof minLength === 'number' && minLength > 1)
    values.push({ kind: 'one-too-short', value: 'x'.repeat(minLength - 1) });
  if (typeof maxLength === 'number') {
    values.push({ kind: 'one-too-long', value: 'x'.repeat(maxLength + 1) });
    values.push({ kind: 'longest', value: 'x'.repeat(maxLength) });
  }
  return values;
}

function bounds({ minimum, maximum }: JsonSchema): InvalidValue[] {
  const values: InvalidValue[] = [];
  if (typeof minimum === 'number') values.push({ kind: 'least', value: minimum });
  if (typeof maximum === 'number') values.push({ kind: 'most', value: maximum });
  return values;
}
