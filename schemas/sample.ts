import * as fc from 'fast-check';
import type { Json, JsonSchema } from './contract.ts';

/** How deep a value is made: what is nested deeper has only what it must have, and a schema that must hold itself has no value. */
const DEEPEST = 12;

/** So many parts a value is made of at most: a few schemas that hold each other twice come to more than any memory holds. */
const MOST_PARTS = 10_000;

/** Texts are made no longer, and lists neither, whatever is asked for. */
const LONGEST = 1_000_000;

/** A value of each format that is looked at; the names and addresses are reserved for examples (RFC 2606, RFC 5737). */
const BY_FORMAT: Record<string, string> = {
  uuid: '0d7f1c4e-5b7a-4f63-9d0e-6c1f2b3a4d5e',
  'date-time': '2026-01-02T03:04:05Z',
  date: '2026-01-02',
  time: '03:04:05Z',
  duration: 'PT1H',
  email: 'somebody@example.com',
  'idn-email': 'somebody@example.com',
  hostname: 'host.example.com',
  uri: 'https://example.com/path',
  url: 'https://example.com/path',
  'uri-reference': '/path',
  iri: 'https://example.com/path',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  byte: 'ZXhhbXBsZQ==',
  'json-pointer': '/name',
};

type Left = { parts: number };

/**
 * A value that a schema takes, as small as it may be: the one that the document gives (`example`, `examples`, `default`, `const`, the
 * first of `enum`), or one of the schema's type with all that is required. Undefined where none was found, or none of bounded size. The
 * same every time. `left` says of how many more parts it may be.
 */
export function sampleOf(schema: JsonSchema, depth = 0, left = { parts: MOST_PARTS }): Json | undefined {
  left.parts -= 1;
  if (left.parts < 0) return undefined;
  const given = givenIn(schema);
  if (given !== undefined) return given;
  if (depth > DEEPEST) return undefined;
  const whole = withParts(schema);
  const type = [whole.type].flat().find((each) => each !== 'null') ?? typeByKeywords(whole);
  switch (type) {
    case 'string':
      return sampleText(whole);
    case 'integer':
    case 'number':
      return sampleNumber(whole, type === 'integer' ? 1 : 0);
    case 'boolean':
      return true;
    case 'array':
      return sampleList(whole, depth, left);
    case 'object':
      return sampleObject(whole, depth, left);
    default:
      return [whole.type].flat().includes('null') ? null : 'example';
  }
}

/** The value that the document itself gives for a schema. */
export function givenIn(schema: JsonSchema): Json | undefined {
  const [first] = [schema.examples].flat();
  const [choice] = Array.isArray(schema.enum) ? schema.enum : [];
  return [schema.const, schema.example, first, schema.default, choice].find((each) => each !== undefined) as
    | Json
    | undefined;
}

/** A schema with what all of its `allOf` ask for, and the first of its alternatives. */
function withParts(schema: JsonSchema): JsonSchema {
  const { allOf, oneOf, anyOf, ...own } = schema;
  const parts = [...list(allOf), ...list(oneOf).slice(0, 1), ...list(anyOf).slice(0, 1)].map(withParts);
  if (parts.length === 0) return own;
  const all = [own, ...parts] as JsonSchema[];
  // What the schema says itself comes before what its parts say.
  return {
    ...Object.assign({}, ...all.toReversed()),
    properties: Object.assign({}, ...all.toReversed().map(({ properties }) => properties)),
    required: [...new Set(all.flatMap(({ required }) => list(required)))],
  };
}

function typeByKeywords({ properties, required, items, pattern, minLength, minimum }: JsonSchema): string | undefined {
  if ((properties && Object.keys(properties).length > 0) || list(required).length > 0) return 'object';
  if (items !== undefined) return 'array';
  if (pattern !== undefined || minLength !== undefined) return 'string';
  return minimum === undefined ? undefined : 'number';
}

function sampleText({
  format,
  pattern,
  minLength = 0,
  maxLength = Number.MAX_SAFE_INTEGER,
}: JsonSchema): string | undefined {
  const fits = (text: string) => text.length >= Number(minLength) && text.length <= Number(maxLength);
  if (Number(minLength) > LONGEST) return undefined;
  if (typeof pattern === 'string') return textMatching(pattern).find(fits);
  const known = BY_FORMAT[String(format)];
  if (known !== undefined && fits(known)) return known;
  const text = 'example'.padEnd(Number(minLength), 'e').slice(0, Number(maxLength));
  return fits(text) ? text : undefined;
}

/** Some texts that match a pattern, the same every time; none where it is one that cannot be made texts of. */
export function textMatching(pattern: string, seed = 1): string[] {
  try {
    const made = fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { seed, numRuns: 100 });
    // A pattern without an end matches more than anybody means.
    return made.filter((text) => /^[ -~]*$/.test(text));
  } catch {
    return [];
  }
}

function sampleNumber(schema: JsonSchema, step: number): number | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema as Record<string, number>;
  const unit = multipleOf ?? 1;
  const least = Math.max(minimum ?? -Infinity, exclusiveMinimum ?? -Infinity);
  const most = Math.min(maximum ?? Infinity, exclusiveMaximum ?? Infinity);
  const start = least > -Infinity ? least : Math.min(step, most);
  const near = [Math.ceil(start / unit) * unit, (Math.floor(start / unit) + 1) * unit, Math.floor(most / unit) * unit];
  const between = (least + most) / 2;
  return [...near, (Math.ceil(most / unit) - 1) * unit, ...(step === 0 ? [between] : [])].find(
    (each) =>
      each >= (minimum ?? -Infinity) &&
      each <= (maximum ?? Infinity) &&
      each > (exclusiveMinimum ?? -Infinity) &&
      each < (exclusiveMaximum ?? Infinity),
  );
}

function sampleList({ items, minItems = 0 }: JsonSchema, depth: number, left: Left): Json | undefined {
  if (Number(minItems) > LONGEST) return undefined;
  const one = Number(minItems) > 0 ? sampleOf((items ?? {}) as JsonSchema, depth + 1, left) : undefined;
  if (Number(minItems) > 0 && one === undefined) return undefined;
  return Array.from({ length: Number(minItems) }, () => one as Json);
}

/** What is not required is left out, unless the document gives a value for it. */
function sampleObject({ properties = {}, required }: JsonSchema, depth: number, left: Left): Json | undefined {
  const made: Record<string, Json> = {};
  const needed = list(required) as unknown as string[];
  for (const [name, schema] of Object.entries(properties as Record<string, JsonSchema>)) {
    if (!needed.includes(name) || schema.readOnly === true) continue;
    const value = sampleOf(schema, depth + 1, left);
    if (value === undefined) return undefined;
    made[name] = value;
  }
  for (const name of needed) if (!Object.hasOwn(properties as object, name)) made[name] = 'example';
  return made;
}

function list(value: unknown): JsonSchema[] {
  return Array.isArray(value) ? value : [];
}
