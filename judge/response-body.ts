import type { ResponseRecord } from '../model/exchange.ts';
import type { Json } from '../schemas/contract.ts';
import { beginningOf } from './describe-answer.ts';

/** The body of a response, read as JSON: none at all, a JSON value, or why it is no JSON. */
export type ParsedBody = { kind: 'empty' } | { kind: 'json'; value: Json } | { kind: 'invalid'; reason: string };

/**
 * Reads a response body as JSON; what was not read to its end is none. A byte order mark is set aside first (RFC 8259 §8.1
 * lets a parser ignore it), so that it is one finding and not two; so are bytes that are not UTF-8.
 */
export function parseBody(response: ResponseRecord): ParsedBody {
  const text = response.body.replace(/^\uFEFF/, '');
  if (text === '') return { kind: 'empty' };
  if (response.decodeError !== undefined) return { kind: 'invalid', reason: response.decodeError };
  // Its first part may well parse, and an endless number of blanks stand behind it.
  if (response.truncated) return { kind: 'invalid', reason: 'it is too long to be read to its end' };
  try {
    return { kind: 'json', value: JSON.parse(text) as Json };
  } catch {
    // Where in it the parser gave up says less than what it is.
    const beginning = beginningOf(text);
    return { kind: 'invalid', reason: beginning === '' ? 'it is blank' : `it begins with ${beginning}` };
  }
}

/** A string of JSON, to the end where it has none so that it is not looked for from each of its quotes, or a whole number of so many digits that a double may not hold it. */
const BIG = /"[^"\\]*(?:\\.[^"\\]*)*"?|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/gs;

/**
 * As `parseBody`, but whole numbers beyond 2^53 are strings of the digits as they stand there: ids of 64 bits are written as
 * numbers, and a rounded one names another object. For reading what is sent again, never for judging.
 */
export function parseExactly(response: ResponseRecord): ParsedBody {
  if (!/\d{16}/.test(response.body)) return parseBody(response);
  const isRounded = (text: string) => !text.startsWith('"') && !Number.isSafeInteger(Number(text));
  const body = response.body.replace(BIG, (text) => (isRounded(text) ? `"${text}"` : text));
  // What is no JSON may be some with the quotes.
  const plain = parseBody(response);
  return plain.kind === 'json' ? parseBody({ ...response, body }) : plain;
}

/** A JSON value's type, in words. */
export function typeOfJson(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return (
    { object: 'an object', string: 'a string', number: 'a number', boolean: 'a boolean' }[typeof value as string] ??
    typeof value
  );
}
