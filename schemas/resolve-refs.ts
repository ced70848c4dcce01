import { isBounded, MOST_VALUES } from '../documents/is-bounded.ts';
import type { Place } from '../documents/place.ts';
import type { Document } from '../documents/read-document.ts';
import { ContractError } from './contract-error.ts';
import { isObject, type Part, type Plain, partAt, refuse, type Source, wholeOf } from './part.ts';

/**
 * The document with each `$ref` replaced by what it names; one that is named twice is resolved once and shared. `./404.json`
 * names the body of a status, which is left as it is. Throws a ContractError for a reference that leads nowhere or in a circle.
 */
export function resolveRefs(document: Document, bodies: ReadonlyMap<number, Document>): Part {
  const done = new Map<string, unknown>();
  const visit = (value: unknown, trail: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item) => visit(item, trail));
    if (!isObject(value)) return value;
    const copy: Plain = {};
    for (const [key, item] of Object.entries(value)) {
      // The mapping of a discriminator points at the schemas by reference, and those references are gone afterwards.
      if (key === 'discriminator' && isObject(item)) copy[key] = { propertyName: item.propertyName };
      else if (key !== '$ref') copy[key] = visit(item, trail);
    }
    if (typeof value.$ref !== 'string') return copy;
    const target = follow(value.$ref, trail);
    // Keywords beside a `$ref` stand beside what it names (JSON Schema 2020-12, core §8.2.3.1).
    return Object.keys(copy).length > 0 && isObject(target) ? { ...target, ...copy } : target;
  };
  const follow = (ref: string, trail: readonly string[]): unknown => {
    const refuseRef = (expected: string, found: string) =>
      refuse(findRef(wholeOf(document), ref) ?? wholeOf(document), expected, found);
    if (trail.includes(ref)) throw refuseRef('a reference without a circle', [...trail, ref].join(' → '));
    const target = lookUp(ref, document, bodies);
    if (target?.value === undefined) throw refuseRef('a reference to something that exists', ref);
    if (target.place.length === 0) return target.value;
    if (!done.has(ref)) done.set(ref, visit(target.value, [...trail, ref]));
    return done.get(ref);
  };
  const value = visit(document.value, []);
  if (!isBounded(value))
    throw new ContractError(
      `${document.name}: expected at most ${MOST_VALUES} values, references written out, found more`,
    );
  return { value, place: [], source: (place) => findSource(place, document, bodies) };
}

/** Where a reference stands that is made first. */
function findRef(part: Part, ref: string): Part | undefined {
  if (typeof part.value !== 'object' || part.value === null) return undefined;
  if (isObject(part.value) && part.value.$ref === ref) return partAt(part, '$ref');
  for (const key of Object.keys(part.value)) {
    const found = findRef(partAt(part, Array.isArray(part.value) ? Number(key) : key), ref);
    if (found) return found;
  }
  return undefined;
}

/** Where a place of the resolved document is written: through references to what they name. */
function findSource(place: Place, document: Document, bodies: ReadonlyMap<number, Document>): ReturnType<Source> {
  let part = wholeOf(document);
  for (const step of place) {
    for (let named = throughRef(part, step); named; named = throughRef(part, step)) part = named;
    part = partAt(part, step);
  }
  return part.source(part.place);

  /** What the reference of a part names, when it is there that a step of the way goes on. */
  function throughRef({ value }: Part, step: string | number): Part | undefined {
    if (!isObject(value) || Object.hasOwn(value, step) || typeof value.$ref !== 'string') return undefined;
    return lookUp(value.$ref, document, bodies);
  }
}

/** What a reference names; undefined, or a part without a value, where it names nothing. */
function lookUp(ref: string, document: Document, bodies: ReadonlyMap<number, Document>): Part | undefined {
  const status = /^\.\/(\d+)\.json$/.exec(ref)?.[1];
  if (status) {
    const body = bodies.get(Number(status));
    return body && wholeOf(body);
  }
  if (!ref.startsWith('#/')) return undefined;
  return partAt(wholeOf(document), ...ref.slice(2).split('/').map(readToken));
}

/** A step of a JSON pointer in a URI fragment (RFC 6901 §6); one that is badly encoded names nothing. */
function readToken(token: string): string {
  try {
    return decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return token;
  }
}
