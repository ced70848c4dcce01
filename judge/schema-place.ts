import { pointerTokens } from '../model/json-pointer.ts';
import type { JsonSchema } from '../schemas/contract.ts';

/** What stands for every name that the server chooses. */
const ANY_NAME = '*';

/** What stands for every index: so a place still tells a list from an object. */
const ANY_INDEX = '0';

/**
 * The place in a schema that a JSON pointer into a value leads to. Names that the schema lists stay, and so do names at the top
 * that some published body has (`published`); of all others there is no end, so that one star stands for them: by its own name, one
 * defect that names fields would be a hundred.
 */
export function placeIn(
  schema: JsonSchema | undefined,
  pointer: string,
  published: ReadonlySet<string> = new Set(),
): string {
  let holders = schema === undefined ? [] : [schema];
  const names = pointerTokens(pointer).map((token, depth) => {
    const all = holders.flatMap(withParts);
    const named = all.flatMap(({ properties }) => own(properties, token));
    if (named.length > 0) {
      holders = named;
      return escapeToken(token);
    }
    const isIndex = /^\d+$/.test(token);
    const items = isIndex ? all.flatMap((each) => itemsOf(each, Number(token))) : [];
    const others = all.flatMap(({ additionalProperties }) => schemaIn(additionalProperties));
    holders = items.length > 0 ? items : others;
    if (items.length > 0 || (isIndex && others.length === 0)) return ANY_INDEX;
    return depth === 0 && published.has(token) ? escapeToken(token) : ANY_NAME;
  });
  return names.map((name) => `/${name}`).join('');
}

/** A schema and those that it is put together from. */
function withParts(schema: JsonSchema): JsonSchema[] {
  const parts = [schema.allOf, schema.anyOf, schema.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return [schema, ...parts.flatMap((part) => schemaIn(part).flatMap(withParts))];
}

function own(properties: unknown, name: string): JsonSchema[] {
  const known = schemaIn(properties)[0];
  return known !== undefined && Object.hasOwn(known, name) ? [schemaIn(known[name])[0] ?? {}] : [];
}

function itemsOf({ prefixItems, items }: JsonSchema, index: number): JsonSchema[] {
  const first = Array.isArray(prefixItems) ? schemaIn(prefixItems[index]) : [];
  return first.length > 0 ? first : schemaIn(items);
}

function schemaIn(value: unknown): JsonSchema[] {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? [value as JsonSchema] : [];
}

function escapeToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}
