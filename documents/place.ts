/** The way to a part of a document: keys and indexes, from the whole inwards. */
export type Place = readonly (string | number)[];

/** A place as it is told, such as `clauses[3].level` or `paths["/sinks"].get`. */
export function showPlace(place: Place): string {
  if (place.length === 0) return 'the document';
  const steps = place.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[\w$-]+$/.test(step) && !/^\d/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return steps.join('').replace(/^\./, '');
}

/** The place that a JSON pointer (RFC 6901) names in a value; without the value, every step is a key. */
export function placeOf(pointer: string, value?: unknown): Place {
  let inner = value;
  return pointer
    .split('/')
    .slice(1)
    .map((token) => {
      const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(inner) ? Number(key) : key;
      inner = (inner as Record<string, unknown> | null | undefined)?.[key];
      return step;
    });
}
