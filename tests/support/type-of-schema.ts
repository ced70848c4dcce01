type Schema = { [keyword: string]: unknown };

/**
 * A JSON Schema as the TypeScript type of what holds it, for the keywords that the suite's own schemas have. What has a default is
 * there, because reading fills it in; that a document may name its schema is left out.
 */
export function typeOfSchema(schema: unknown, root: Schema = schema as Schema): string {
  if (typeof schema === 'boolean') return 'Json';
  const node = schema as Schema;
  const inner = (each: unknown) => typeOfSchema(each, root);
  if (typeof node.$ref === 'string') return inner(lookUp(node.$ref, root));
  if ('const' in node) return JSON.stringify(node.const);
  if (Array.isArray(node.enum)) return node.enum.map((each) => JSON.stringify(each)).join(' | ');
  if (node.type === 'object') return typeOfObject(node, inner);
  const choices = (node.anyOf ?? node.oneOf) as unknown[] | undefined;
  if (choices) return choices.map((each) => `(${inner(each)})`).join(' | ');
  if (Array.isArray(node.type)) return node.type.map((type) => `(${inner({ ...node, type })})`).join(' | ');
  if (node.type === 'array')
    return Array.isArray(node.prefixItems) ? `[${node.prefixItems.map(inner).join(', ')}]` : `(${inner(node.items)})[]`;
  const simple: Record<string, string> = { integer: 'number' };
  if (typeof node.type !== 'string') throw new Error(`No type is known of ${JSON.stringify(node)}.`);
  return simple[node.type] ?? node.type;
}

function typeOfObject(node: Schema, inner: (schema: unknown) => string): string {
  const {
    properties = {},
    required = [],
    additionalProperties,
  } = node as {
    properties?: Record<string, Schema>;
    required?: string[];
    additionalProperties?: unknown;
  };
  const entries = Object.entries(properties).filter(([name]) => name !== '$schema');
  if (entries.length === 0) {
    return typeof additionalProperties === 'object'
      ? `Record<string, ${inner(additionalProperties)}>`
      : 'Record<string, Json>';
  }
  const fields = entries.map(([name, each]) => {
    const isThere = required.includes(name) || 'default' in each;
    return `${JSON.stringify(name)}${isThere ? '' : '?'}: ${inner(each)}`;
  });
  return `{ ${fields.join('; ')} }`;
}

function lookUp(ref: string, root: Schema): unknown {
  return ref
    .slice(2)
    .split('/')
    .reduce((node: unknown, key) => (node as Schema)[key], root);
}
