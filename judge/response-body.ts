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
