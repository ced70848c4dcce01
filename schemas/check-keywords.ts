import { entriesOf, isObject, type Part, partAt, refuse, takeFlag } from './part.ts';

/** Keywords of this suite that are there or not. */
const FLAGS = ['x-unique', 'x-own', 'x-field-errors'];

/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const INNER = ['items', 'contains', 'not', 'if', 'then', 'else', 'additionalProperties', 'propertyNames'];
const INNER_TOO = ['unevaluatedItems', 'unevaluatedProperties', 'contentSchema'];
const LISTED = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const NAMED = ['properties', 'patternProperties', '$defs', 'dependentSchemas'];

/** Whether a keyword means something, with its value. */
export type IsKnown = (keyword: string, value: unknown) => boolean;

/**
 * Throws a ContractError for a keyword of a schema that is not known: JSON Schema lets it pass, and a misspelt one would check
 * nothing. A pattern that is no regular expression, which the schema of schemas lets pass, is refused, too.
 */
export function checkKeywords(part: Part, isKnown: IsKnown): void {
  if (!isObject(part.value)) return;
  for (const [keyword, inner] of entriesOf(part)) {
    if (!isKnown(keyword, inner.value)) {
      if (keyword === 'format') throw refuse(inner, 'a format that is known');
      throw refuse(inner, 'a keyword of JSON Schema 2020-12', keyword);
    }
    if (FLAGS.includes(keyword)) takeFlag(inner);
    if (keyword === 'pattern') checkPattern(inner, inner.value);
    if (keyword === 'patternProperties') for (const [pattern, each] of entriesOf(inner)) checkPattern(each, pattern);
    for (const schema of innerSchemas(keyword, inner)) checkKeywords(schema, isKnown);
  }
}

function innerSchemas(keyword: string, part: Part): Part[] {
  if (INNER.includes(keyword) || INNER_TOO.includes(keyword)) return [part];
  if (NAMED.includes(keyword)) return entriesOf(part).map(([, inner]) => inner);
  if (LISTED.includes(keyword) && Array.isArray(part.value)) return part.value.map((_, index) => partAt(part, index));
  return [];
}

function checkPattern(part: Part, pattern: unknown): void {
  try {
    new RegExp(String(pattern), 'u');
  } catch {
    throw refuse(part, 'a regular expression', String(pattern));
  }
}
