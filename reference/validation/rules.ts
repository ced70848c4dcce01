import type { JsonSchema } from '../../schemas/contract.ts';

/** A requirement on one property that only the store can judge. */
export type Rule = { path: string[] } & ({ kind: 'unique' } | { kind: 'references'; operationId: string });

/** Collects the properties that must be unique (`x-unique`) or name an existing object (`x-references`). */
export function collectRules(schema: JsonSchema): Rule[] {
  const rules = new Map<string, Rule>();
  const visit = (node: JsonSchema, path: string[]): void => {
    if (node['x-unique'] === true) rules.set(`unique ${path.join('/')}`, { path, kind: 'unique' });
    const reference = node['x-references'] as { operationId: string } | undefined;
    if (reference) {
      rules.set(`references ${path.join('/')}`, { path, kind: 'references', operationId: reference.operationId });
    }
    const properties = (node.properties ?? {}) as Record<string, JsonSchema>;
    for (const [name, child] of Object.entries(properties)) visit(child, [...path, name]);
    for (const keyword of ['anyOf', 'oneOf']) {
      for (const variant of (node[keyword] ?? []) as JsonSchema[]) visit(variant, path);
    }
  };
  visit(schema, []);
  return [...rules.values()];
}

/** The value at a path of property names, or `undefined`. */
export function valueAt(body: unknown, path: string[]): unknown {
  let value = body;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
