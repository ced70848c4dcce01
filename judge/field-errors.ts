import { appendPointer } from '../model/json-pointer.ts';
import type { Json, JsonSchema } from '../schemas/contract.ts';
import { findHolders, type Holder, PLACE_MEMBERS } from './field-holders.ts';

/** Names under which an error stands that is about no field. */
const NO_FIELD = ['', 'base', 'general', 'global', 'nonfielderrors', 'all', 'root', 'body'];

/** Members of an entry that may be a list of names. */
const LISTS = ['loc', 'path'];

/** Where a body should name a field that is at fault, and does not. */
export type Unnamed = { pointer: string };

/**
 * Looks in a body for the name of the field that is at fault, where its schema has a place for that. Undefined where nothing can be
 * said: no such place, nothing in it, or, where nobody has declared it, an entry that is about no field. Such a place counts only in
 * an answer to the fault (`isAnswer`).
 */
export function findUnnamed(schema: JsonSchema, body: Json, field: string, isAnswer: boolean): Unnamed[] | undefined {
  const holders = findHolders(schema).filter(({ isDeclared }) => isDeclared || isAnswer);
  const places = holders.flatMap((holder) => valuesAt(body, holder));
  const held = places.filter(({ value, isDeclared }) => isTold(value, isDeclared));
  const [first] = held;
  if (!first) return undefined;
  return held.some(({ value, isDeclared }) => isNamed(value, field, isDeclared)) ? [] : [{ pointer: first.pointer }];
}

type Place = { value: Json; pointer: string; isDeclared: boolean };

function valuesAt(body: Json, { way, isDeclared }: Holder): Place[] {
  let places: Place[] = [{ value: body, pointer: '', isDeclared }];
  for (const step of way) {
    places = places.flatMap(({ value, pointer }) => {
      if (value === null || typeof value !== 'object') return [];
      const isList = Array.isArray(value);
      if (isList !== (step === '*')) return [];
      const keys = isList ? Object.keys(value) : Object.hasOwn(value, step) ? [step] : [];
      return keys.map((key) => ({
        value: (value as Record<string, Json>)[key] as Json,
        pointer: appendPointer(pointer, key),
        isDeclared,
      }));
    });
  }
  return places;
}

/** Whether something in a place tells of fields. What nobody has declared has to tell of one in each of its entries. */
function isTold(value: Json, isDeclared: boolean): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (isDeclared) return true;
  const entries = Array.isArray(value) ? value.map(placesOf) : Object.keys(value).map((key) => [key]);
  return entries.length > 0 && entries.every((names) => names.some((name) => !isAboutNone(name)));
}

function isAboutNone(name: string): boolean {
  return tokensOf(name).every((token) => NO_FIELD.includes(token));
}

/** Whether a place names the field, its last part, or the object it stands in (`destination` for `destination.topic`). */
function isNamed(value: Json, field: string, isDeclared: boolean): boolean {
  const parts = tokensOf(field).filter((part) => !/^\d+$/.test(part));
  // No recursion: depth is the server's choice.
  const open: Json[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    // What nobody has declared may as well name the field in its words.
    if (typeof next === 'string' && !isDeclared && parts.some((part) => plain(String(next)).includes(part)))
      return true;
    if (next === null || typeof next !== 'object') continue;
    // An entry of a list that tells its place does so by that, and not by the names of its members.
    const names = Array.isArray(next) ? next.flatMap(placesOf) : Object.keys(next);
    if (names.some((name) => tokensOf(name).some((token) => parts.includes(token)))) return true;
    for (const inner of Object.values(next)) {
      const told = Array.isArray(next) && placesOf(inner).length > 0;
      for (const each of told ? Object.values(inner as object) : [inner]) open.push(each);
    }
  }
  return false;
}

/** What an entry of a list tells of where the fault is. */
function placesOf(entry: Json): string[] {
  if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) return [];
  return PLACE_MEMBERS.flatMap((member) => {
    const told = Object.hasOwn(entry, member) ? entry[member] : undefined;
    if (Array.isArray(told) && LISTS.includes(member))
      return [told.filter((each) => typeof each !== 'object').join('/')];
    return typeof told === 'string' ? [told] : [];
  });
}

/** The names in a path such as `source.tables[0].name`, `#/source/tables/0/name` or `sourceTables`, as they can be compared. */
function tokensOf(path: string): string[] {
  return path
    .replaceAll('~1', '/')
    .split(/[.[\]/#]+/)
    .filter((token) => token !== '')
    .map(plain);
}

/** A name in small letters, whichever way its words are joined. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
