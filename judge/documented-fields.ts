import type { JsonSchema } from '../schemas/contract.ts';
import { partsOf, propertyNames } from '../schemas/schema-parts.ts';

/** Names of the fields that a body may have at its top; undefined where any field is documented, or none is at all. */
export function documentedFields(schema: JsonSchema): string[] | undefined {
  const names = propertyNames(schema);
  return names.length === 0 || partsOf(schema).some(takesAny) ? undefined : names;
}

/** Whether a part of a schema describes fields without naming them. */
function takesAny(part: JsonSchema): boolean {
  const { additionalProperties, unevaluatedProperties, patternProperties, anyOf, oneOf } = part;
  if ([additionalProperties, unevaluatedProperties].some((each) => each !== undefined && each !== false)) return true;
  if (patternProperties !== undefined && Object.keys(patternProperties as object).length > 0) return true;
  // An alternative of objects that names no field is as good as any other, unless it only asks for fields named elsewhere.
  return [anyOf, oneOf].some(
    (list) => Array.isArray(list) && list.some((each) => isOpen(each as JsonSchema | boolean)),
  );
}

function isOpen(alternative: JsonSchema | boolean): boolean {
  if (typeof alternative === 'boolean') return alternative;
  const types = partsOf(alternative).flatMap(({ type }) => type ?? []);
  if (types.length > 0 && !types.includes('object')) return false;
  return (
    propertyNames(alternative).length === 0 && !partsOf(alternative).some(({ required }) => required !== undefined)
  );
}
