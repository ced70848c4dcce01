import { pointerTokens } from '../model/json-pointer.ts';
import type { JsonSchema } from '../schemas/contract.ts';
import { partsOf, propertyOf } from '../schemas/schema-parts.ts';

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
    const named = holders.flatMap((holder) => propertyOf(holder, token));
    if (named.length > 0) {
      holders = [...new Set(named)];
      return escapeToken(token);
    }
    const all = holders.flatMap(partsOf);
    const isIndex = /^\d+$/.test(token);
    const items = isIndex ? all.flatMap((each) => itemsOf(each, Number(token))) : [];
    const others = all.flatMap(({ additionalProperties }) => schemaIn(additionalProperties));
    holders = [...new Set(items.length > 0 ? items : others)];
    if (items.length > 0 || (isIndex && others.length === 0)) return ANY_INDEX;
    return depth === 0 && published.has(token) ? escapeToken(token) : ANY_NAME;
  });
  return names.map((name) => `/${name}`).join('');
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
