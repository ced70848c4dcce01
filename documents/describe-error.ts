import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Mistake } from './mistake.ts';
import { placeOf } from './place.ts';
import { nameKind, showValue } from './show-value.ts';

/** Whether values are shown, or, where a stray one may be a secret, only what kind they are of. */
export type Showing = 'values' | 'kinds';

/** What is wrong with a value, by the errors of an ajv with `verbose: true` that stops at the first. */
export function describeErrors(
  errors: readonly ErrorObject[] | null | undefined,
  whole: unknown,
  showing: Showing = 'values',
): Mistake {
  // The last one is what those before it, of its alternatives, led to.
  const last = errors?.at(-1);
  if (!errors || !last) throw new Error('There are no errors to describe.');
  if (last.keyword !== 'anyOf') return describe(last, whole, showing);
  const branches = errors.slice(0, -1);
  // The alternative that the value is of the right kind for says most.
  const nearest = branches.find(({ keyword }) => keyword !== 'type' && keyword !== 'const');
  if (nearest) return describe(nearest, whole, showing);
  const expected = [...new Set(branches.map(expectation))].join(' or ');
  return { place: placeOf(last.instancePath, whole), expected, found: finding({ ...last, keyword: 'type' }, showing) };
}

function describe(error: ErrorObject, whole: unknown, showing: Showing): Mistake {
  const { keyword, params } = error;
  const place = placeOf(error.instancePath, whole);
  if (keyword === 'required' || keyword === 'additionalProperties') {
    // What is missing may be there in another spelling.
    const stray: string | undefined = params.additionalProperty ?? strayKey(error);
    if (stray === undefined)
      return { place: [...place, params.missingProperty], expected: 'a value', found: 'nothing' };
    return {
      place: [...place, stray],
      expected: `one of the keys ${keysOf(error).join(', ')}`,
      found: showValue(stray),
    };
  }
  return { place, expected: expectation(error), found: finding(error, showing) };
}

function keysOf({ parentSchema }: ErrorObject): string[] {
  // That a document may name its schema is for editors, and no help to who looks for a key.
  return Object.keys((parentSchema?.properties ?? {}) as object).filter((key) => key !== '$schema');
}

/** A key that may not be there; undefined where any may. */
function strayKey(error: ErrorObject): string | undefined {
  if (error.parentSchema?.additionalProperties !== false) return undefined;
  const { properties = {} } = error.parentSchema;
  return Object.keys(error.data as object).find((key) => !Object.hasOwn(properties, key));
}

function finding({ keyword, params, data }: ErrorObject, showing: Showing): string {
  if (keyword === 'oneOf') return params.passingSchemas ? 'several' : 'none';
  if (keyword in AMOUNTS) return params.limit === 1 ? 'none' : 'less';
  // Where values are listed or bounded, none is a secret.
  if (showing === 'values' || ['enum', 'const', 'minimum', 'maximum'].includes(keyword)) return showValue(data);
  return keyword === 'type' ? nameKind(data) : `other ${nameKind(data)}`;
}

const TYPES: Record<string, string> = {
  object: 'an object',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing',
};

/** What a keyword asks for a number of. */
const AMOUNTS: Record<string, string> = { minLength: 'character', minItems: 'item', minProperties: 'key' };

/** What the keyword that was not held asks for. */
function expectation({ keyword, params, schema, message = '' }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return [params.type]
        .flat()
        .map((type: string) => TYPES[type] ?? type)
        .join(' or ');
    case 'enum':
      return `one of ${params.allowedValues.join(', ')}`;
    case 'const':
      return showValue(params.allowedValue);
    case 'minimum':
      return `at least ${params.limit}`;
    case 'maximum':
      return `at most ${params.limit}`;
    case 'pattern':
      return params.pattern === '\\S' ? 'text that is not blank' : `text that matches ${params.pattern}`;
    case 'format':
      return `a valid ${params.format}`;
    case 'oneOf':
      return `exactly one of ${namesOf(schema).join(', ')}`;
    default:
      if (AMOUNTS[keyword]) return `at least ${params.limit} ${AMOUNTS[keyword]}`;
      return `what holds its schema (${message})`;
  }
}

/** The keys that tell alternatives apart. */
function namesOf(alternatives: unknown): string[] {
  return (alternatives as { required?: string[] }[]).flatMap(({ required }) => required ?? []);
}
