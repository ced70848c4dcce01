import { isObject, type Plain } from './part.ts';

/** Keywords that say nothing of what is valid. */
const ANNOTATIONS = ['title', 'summary', 'description', 'example', 'examples', 'default', 'deprecated', 'externalDocs'];
const ANNOTATIONS_TOO = ['readOnly', 'writeOnly', 'nullable', '$comment', '$id', '$schema', 'xml', 'discriminator'];

/** Keywords that mean something else when others stand beside them. */
const RELATIVE = ['additionalProperties', 'unevaluatedProperties', 'unevaluatedItems', 'prefixItems', 'contains', 'if'];

/**
 * Puts what a reference names beside the keywords that stand with it (JSON Schema 2020-12, core §8.2.3.1), in place: flat where
 * that means the same, and under `allOf` where it would not.
 */
export function mergeRef(copy: Plain, target: unknown): void {
  const asserted = Object.keys(copy).filter((key) => !isAnnotation(key));
  const named = isObject(target) ? target : undefined;
  const isFlat =
    named !== undefined &&
    asserted.every((key) => !Object.hasOwn(named, key)) &&
    (asserted.length === 0 || ![copy, named].some((each) => RELATIVE.some((key) => Object.hasOwn(each, key))));
  if (isFlat) Object.assign(copy, { ...named, ...copy });
  else copy.allOf = [target, ...(Array.isArray(copy.allOf) ? copy.allOf : [])];
}

/** Whether a keyword says nothing of what is valid; extensions do not. */
export function isAnnotation(key: string): boolean {
  return ANNOTATIONS.includes(key) || ANNOTATIONS_TOO.includes(key) || key.startsWith('x-');
}
