import { entriesOf, type Part, refuse, takeFlag } from './part.ts';

/** Keywords of this suite that are there or not. */
const FLAGS = ['x-unique', 'x-own', 'x-field-errors'];

/** Keywords that OpenAPI adds to JSON Schema (OpenAPI 3.1 §4.8.24). */
const MORE_KEYWORDS = ['discriminator', 'xml', 'externalDocs', 'example'];

/** What is known of keywords, and of formats where a schema has to be one that bodies can be judged by. */
export type Known = { keywords: object; formats?: object };

/**
 * Throws a ContractError for a keyword of a schema that is not known: JSON Schema lets it pass, and a misspelt one would check
 * nothing. A pattern that is no regular expression, which the schema of schemas lets pass, is refused, too.
 */
export function checkKeywords(part: Part, known: Known): void {
  for (const [keyword, inner] of entriesOf(part)) {
    if (!isKnown(keyword, known)) throw refuse(inner, 'a keyword of JSON Schema 2020-12', keyword);
    if (keyword === 'format' && known.formats && !(`${inner.value}` in known.formats))
      throw refuse(inner, 'a format that is known');
    if (FLAGS.includes(keyword)) takeFlag(inner);
    if (keyword === 'pattern') checkPattern(inner, inner.value);
    if (keyword === 'patternProperties') for (const [pattern, each] of entriesOf(inner)) checkPattern(each, pattern);
  }
}

/** Extensions are everybody's own, unless they are those of this suite in another spelling. */
function isKnown(keyword: string, { keywords }: Known): boolean {
  if (!keyword.startsWith('x-')) return MORE_KEYWORDS.includes(keyword) || keyword in keywords;
  return FLAGS.includes(keyword) || !FLAGS.some((flag) => plain(flag) === plain(keyword));
}

function plain(keyword: string): string {
  return keyword.toLowerCase().replaceAll(/[-_]|s$/g, '');
}

function checkPattern(part: Part, pattern: unknown): void {
  try {
    new RegExp(String(pattern), 'u');
  } catch {
    throw refuse(part, 'a regular expression', String(pattern));
  }
}
