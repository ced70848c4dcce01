/** What differs between two answers to the same request without meaning anything, and the word that stands for it. */
const VOLATILE: [RegExp, string][] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
  [/\becc-[a-z0-9]+(?:-[a-z0-9_]+)*/g, '<name>'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [/\b[0-9a-f]{16,}\b/gi, '<hex>'],
  [/(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{18,}/g, '<id>'],
  // Ids in small letters, such as a ULID behind a prefix (`req_01j9z3…`).
  [/(?<![a-z0-9])(?=[a-z]*\d)[a-z0-9]{20,}(?![a-z0-9])/g, '<id>'],
  [/\b\d{9,}\b/g, '<number>'],
];

/** A text with ids, times and the run's own names replaced, so that it compares from run to run. */
export function maskVolatile(text: string): string {
  return VOLATILE.reduce((masked, [pattern, word]) => masked.replace(pattern, word), text);
}
