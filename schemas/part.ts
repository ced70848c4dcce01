import { type Mistake, tellMistake } from '../documents/mistake.ts';
import type { Place } from '../documents/place.ts';
import type { Document } from '../documents/read-document.ts';
import { showValue } from '../documents/show-value.ts';
import { ContractError } from './contract-error.ts';

/** Where a place of a contract is written: in which document, and where in that. */
export type Source = (place: Place) => { document: Document; place: Place };

/** A part of a contract: a value, and where it stands. */
export type Part = { value: unknown; place: Place; source: Source };

/** An object as it was read. */
export type Plain = { [name: string]: unknown };

/** A whole document as a part. */
export function wholeOf(document: Document): Part {
  return { value: document.value, place: [], source: (place) => ({ document, place }) };
}

/** What stands in a part; its value is undefined where nothing does. */
export function partAt({ value, place, source }: Part, ...steps: (string | number)[]): Part {
  let inner = value;
  for (const step of steps)
    inner = isObject(inner) || Array.isArray(inner) ? ownValue(inner as Plain, String(step)) : undefined;
  return { value: inner, place: [...place, ...steps], source };
}

/** The parts of an object, by key. */
export function entriesOf(part: Part): [key: string, part: Part][] {
  return Object.keys(takeObject(part)).map((key) => [key, partAt(part, key)]);
}

/** Its value, which must be an object; with `keys`, one that has no others but extensions. */
export function takeObject(part: Part, keys?: readonly string[]): Plain {
  const { value } = part;
  if (!isObject(value)) throw refuse(part, 'an object');
  const stray = keys && Object.keys(value).find((key) => !keys.includes(key) && !key.startsWith('x-'));
  if (stray !== undefined) throw refuse(partAt(part, stray), `one of the keys ${keys?.join(', ')}`, showValue(stray));
  return value;
}

/** The parts of its value, which must be a list. */
export function takeList(part: Part): Part[] {
  if (!Array.isArray(part.value)) throw refuse(part, 'a list');
  return part.value.map((_, index) => partAt(part, index));
}

/** Its value, which must be a text that is not blank. */
export function takeText(part: Part): string {
  if (typeof part.value === 'string' && part.value.trim() !== '') return part.value;
  throw refuse(part, 'text');
}

/** Its value, which must be true or false; false where there is none. */
export function takeFlag(part: Part): boolean {
  if (part.value === undefined || typeof part.value === 'boolean') return part.value === true;
  throw refuse(part, 'true or false');
}

/** The error that tells what was expected of a part, and what was found in its stead. */
export function refuse(part: Part, expected: string, found: string = showValue(part.value)): ContractError {
  return refuseMistake(part, { place: [], expected, found });
}

/** The error that tells of a mistake within a part. */
export function refuseMistake({ place: outer, source }: Part, { place, expected, found }: Mistake): ContractError {
  const written = source([...outer, ...place]);
  return new ContractError(tellMistake(written.document, { place: written.place, expected, found }));
}

function ownValue(value: Plain, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Whether a value is an object and no list. */
export function isObject(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
