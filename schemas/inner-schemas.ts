/** Keywords whose value is a schema that other values hold to: what is in this one. */
const CHILD = [
  'items',
  'contains',
  'additionalProperties',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
];
const CHILD_TOO = ['contentSchema'];
const CHILDREN = ['properties', 'patternProperties', '$defs'];
const CHILD_LISTS = ['prefixItems'];

/** Keywords whose value is a schema that the same value holds to. */
const SAME = ['not', 'if', 'then', 'else'];
const SAME_LISTS = ['allOf', 'anyOf', 'oneOf'];
const SAME_NAMED = ['dependentSchemas'];

type Step = string | number;

/** A schema within another one: the way there, and whether it is about the same value. */
export type Inner = { way: [keyword: string, ...rest: Step[]]; value: unknown; isSame: boolean };

/** The schemas that stand immediately in one, by the keywords of JSON Schema 2020-12. */
export function innerSchemas(schema: { [keyword: string]: unknown }): Inner[] {
  return Object.entries(schema).flatMap(([keyword, value]): Inner[] => {
    const isSame = [SAME, SAME_LISTS, SAME_NAMED].some((each) => each.includes(keyword));
    if ([CHILD, CHILD_TOO, SAME].some((each) => each.includes(keyword))) return [{ way: [keyword], value, isSame }];
    const isList = Array.isArray(value) && [CHILD_LISTS, SAME_LISTS].some((each) => each.includes(keyword));
    if (isList) return value.map((inner, index) => ({ way: [keyword, index], value: inner, isSame }));
    const isNamed = [CHILDREN, SAME_NAMED].some((each) => each.includes(keyword));
    if (!isNamed || typeof value !== 'object' || value === null) return [];
    return Object.entries(value).map(([name, inner]) => ({ way: [keyword, name], value: inner, isSame }));
  });
}

/** A copy of a schema with each of those that stand in it replaced. */
export function mapInner(
  schema: { [keyword: string]: unknown },
  replace: (inner: Inner) => unknown,
): { [keyword: string]: unknown } {
  const copy = { ...schema };
  for (const inner of innerSchemas(schema)) {
    const [keyword, step] = inner.way;
    if (step === undefined) copy[keyword] = replace(inner);
    else {
      const whole = schema[keyword] as object;
      if (copy[keyword] === whole) copy[keyword] = Array.isArray(whole) ? [...whole] : { ...whole };
      // Defined, so that a name such as `__proto__` is one like any other.
      Object.defineProperty(copy[keyword], step, {
        value: replace(inner),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
  }
  return copy;
}
