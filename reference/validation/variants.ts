import type { ErrorObject } from 'ajv/dist/2020.js';

type Variant = { properties?: Record<string, unknown>; required?: string[] };

/**
 * Of a body that fits none of several variants, only the errors of the variant that was meant are worth telling. Finds
 * the others: errors of the variants that were not meant, and the one that says no more than that none fits.
 */
export function findIrrelevantErrors(errors: readonly ErrorObject[]): Set<ErrorObject> {
  const irrelevant = new Set<ErrorObject>();
  for (const choice of errors) {
    if (choice.keyword !== 'anyOf' && choice.keyword !== 'oneOf') continue;
    const variants = choice.schema as Variant[];
    const meant = chooseVariants(variants, choice.data);
    const prefixes = variants.map((_variant, index) => `${choice.schemaPath}/${index}/`);
    const isAt = (error: ErrorObject, prefix: string | undefined) =>
      error.instancePath.startsWith(choice.instancePath) && error.schemaPath.startsWith(prefix as string);
    for (const error of errors) {
      const variant = prefixes.findIndex((prefix) => isAt(error, prefix));
      if (variant >= 0 && !meant.includes(variant)) irrelevant.add(error);
    }
    if (errors.some((error) => meant.some((index) => isAt(error, prefixes[index])))) irrelevant.add(choice);
  }
  return irrelevant;
}

/**
 * The variants a body most likely means: those with most of the properties that not all variants share, and of these
 * the ones that lack least. Several remain when the body gives no hint at all; then the client hears about each.
 */
function chooseVariants(variants: Variant[], data: unknown): number[] {
  const present = new Set(typeof data === 'object' && data !== null ? Object.keys(data) : []);
  const isShared = (name: string) => variants.every((variant) => variant.properties?.[name] !== undefined);
  const scores = variants.map((variant) => {
    const own = Object.keys(variant.properties ?? {}).filter((name) => present.has(name) && !isShared(name));
    const missing = (variant.required ?? []).filter((name) => !present.has(name));
    return own.length * 1_000 - missing.length;
  });
  const best = Math.max(...scores);
  return scores.flatMap((score, index) => (score === best ? [index] : []));
}
