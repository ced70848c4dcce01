/** Most values in a document: a few lines that name each other make more than any memory holds. */
export const MOST_VALUES = 500_000;

/** Whether a value has no more parts than it may have, shared ones counted where they are used. */
export function isBounded(value: unknown): boolean {
  const sizes = new Map<object, number>();
  const measure = (part: unknown): number => {
    if (typeof part !== 'object' || part === null) return 1;
    const known = sizes.get(part);
    if (known !== undefined) return known;
    // What is met again before it is measured holds itself, and has no end.
    sizes.set(part, Number.POSITIVE_INFINITY);
    const size = Object.values(part).reduce((sum: number, inner) => sum + measure(inner), 1);
    sizes.set(part, size);
    return size;
  };
  return measure(value) <= MOST_VALUES;
}
