import type { JsonSchema } from './contract.ts';
import { innerSchemas } from './inner-schemas.ts';
import { isObject } from './part.ts';

/** A schema and those that it is put together from, which are about the same value: `allOf`, alternatives, conditions. */
export function partsOf(schema: JsonSchema): JsonSchema[] {
  const parts = new Set([schema]);
  for (const part of parts) {
    for (const { way, value, isSame } of innerSchemas(part))
      if (isSame && way[0] !== 'not' && isObject(value)) parts.add(value);
  }
  return [...parts];
}

/** The schemas of a property in a schema and its parts, where they list it. */
export function propertyOf(schema: JsonSchema, name: string): JsonSchema[] {
  return partsOf(schema).flatMap(({ properties }) => {
    if (!isObject(properties) || !Object.hasOwn(properties, name)) return [];
    const found = properties[name];
    return [isObject(found) ? found : {}];
  });
}

/** Names of all properties that a schema and its parts list, each once. */
export function propertyNames(schema: JsonSchema): string[] {
  return [
    ...new Set(partsOf(schema).flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : []))),
  ];
}
