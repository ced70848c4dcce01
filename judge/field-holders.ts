import type { JsonSchema } from '../schemas/contract.ts';
import { partsOf, propertyNames, propertyOf } from '../schemas/schema-parts.ts';

/** Members of an entry that tell which field it is about: a JSON pointer (RFC 9457 §3), a name, or a list of names. */
export const PLACE_MEMBERS = ['pointer', 'field', 'name', 'loc', 'path', 'param'];

/** A part of a body that names the fields at fault: as its keys, or in the entries of a list. */
export type Holder = {
  /** Names from the top of the body, `*` standing for each item of a list. */
  way: string[];
  /** Set where the contract says so (`x-field-errors`), and not only its shape. */
  isDeclared: boolean;
};

/** How deep a part is looked for that nobody has declared. */
const DEEPEST = 2;

const SAYS_ERRORS = /error|violation|invalid/i;
const SAYS_MORE = /error|violation|invalid|detail|issue|problem|field/i;

/** The parts of a body that name the fields at fault: those that the contract declares, or else those that look like it. */
export function findHolders(schema: JsonSchema): Holder[] {
  const found: Holder[] = [];
  const seen = new Set<JsonSchema>();
  const open: { part: JsonSchema; way: string[] }[] = [{ part: schema, way: [] }];
  for (const { part, way } of open) {
    if (seen.has(part)) continue;
    seen.add(part);
    for (const name of propertyNames(part)) {
      const inner = [...way, name];
      const schemas = propertyOf(part, name);
      const isDeclared = schemas.flatMap(partsOf).some((each) => each['x-field-errors'] === true);
      if (
        isDeclared ||
        (inner.length <= DEEPEST && !inner.includes('*') && schemas.some((each) => looksLike(name, each)))
      )
        found.push({ way: inner, isDeclared });
      open.push(...schemas.map((each) => ({ part: each, way: inner })));
    }
    for (const item of partsOf(part).flatMap(itemOf)) open.push({ part: item, way: [...way, '*'] });
  }
  return found.some(({ isDeclared }) => isDeclared) ? found.filter(({ isDeclared }) => isDeclared) : found;
}

/** Whether a property is a map from fields to reasons, or a list of entries that each tell a field, by its name and its schema. */
function looksLike(name: string, schema: JsonSchema): boolean {
  if (!SAYS_MORE.test(name)) return false;
  const parts = partsOf(schema);
  if (propertyNames(schema).length === 0) {
    const values = parts.flatMap(({ additionalProperties }) => schemaIn(additionalProperties)).flatMap(partsOf);
    const types = values.flatMap(({ type }) => type ?? []);
    if (types.includes('array') || (types.includes('string') && SAYS_ERRORS.test(name))) return true;
  }
  return parts.flatMap(itemOf).some((item) => {
    const members = propertyNames(item);
    const places = members.filter((each) => PLACE_MEMBERS.includes(each));
    // A name alone may be that of the error.
    if (places.join() === 'name') return members.includes('reason') || /invalid|param|field/i.test(name);
    return places.length > 0;
  });
}

function itemOf({ items }: JsonSchema): JsonSchema[] {
  return schemaIn(items);
}

function schemaIn(value: unknown): JsonSchema[] {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? [value as JsonSchema] : [];
}
