import type { Place } from '../documents/place.ts';
import type { Document } from '../documents/read-document.ts';
import type { Follow } from './library.ts';
import { mergeRef } from './merge-ref.ts';
import { normaliseSchema } from './normalise-schema.ts';
import { isObject, type Part, type Plain, partAt, refuse, type Source, wholeOf } from './part.ts';

/** How what stands in a document is read: as a part of it, as parts by name, or as an example of the API's own data. */
type Kind = 'part' | 'named' | 'examples' | 'example';

/** Keys whose value holds parts under names that somebody chose. */
const NAMED = [
  ...['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas', 'schemas', 'responses', 'headers'],
  ...['parameters', 'requestBodies', 'securitySchemes', 'callbacks', 'pathItems', 'links', 'content', 'paths'],
];

/** Keys whose value is data of the API, in which nothing is a reference. */
const DATA = ['example', 'default', 'const', 'enum'];

/**
 * The document with each `$ref` replaced by what it names. What is named twice is one and the same object, so that a schema that
 * holds itself makes a circle of objects and not an endless tree. Schemas of OpenAPI 3.0 become those of 2020-12. Throws a
 * ContractError for a reference that leads nowhere, out of the directory, or to nothing but itself.
 */
export function resolveRefs(document: Document, follow: Follow): Part {
  const copies = new Map<unknown, Plain | unknown[]>();
  // A reference with something beside it is merged with what it names, once that is complete.
  const pending = new Map<Plain, { target: unknown; ref: string; from: Document; isBegun?: true }>();
  const visit = (value: unknown, kind: Kind, from: Document, trail: readonly string[] = []): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const known = copies.get(value);
    if (known) return known;
    if (Array.isArray(value)) {
      const list: unknown[] = [];
      copies.set(value, list);
      for (const item of value) list.push(visit(item, 'part', from));
      return list;
    }
    const whole = value as Plain;
    const ref = kind !== 'named' && typeof whole.$ref === 'string' ? whole.$ref : undefined;
    if (ref !== undefined && Object.keys(whole).length === 1) return visitTarget(ref, kind, from, trail);
    const copy: Plain = {};
    copies.set(value, copy);
    for (const [key, item] of Object.entries(whole)) {
      if (key === '$ref' && ref !== undefined) continue;
      const inner = kindOf(key, item, kind);
      // The mapping of a discriminator points at the schemas by reference, and those references are gone afterwards.
      if (key === 'discriminator' && isObject(item)) copy[key] = { propertyName: item.propertyName };
      else copy[key] = inner === 'data' ? item : visit(item, inner, from);
    }
    if (ref !== undefined) pending.set(copy, { target: visitTarget(ref, kind, from, trail), ref, from });
    else if (kind === 'part') normaliseSchema(copy);
    return copy;
  };
  const visitTarget = (ref: string, kind: Kind, from: Document, trail: readonly string[]): unknown => {
    const target = follow(ref, from);
    if (target === 'outside') throw refuseRef(from, ref, "a reference within the contract's directory");
    if (target?.value === undefined) throw refuseRef(from, ref, 'a reference to something that exists');
    const { document: named, place } = target.source(target.place);
    const step = `${named.name}#${place.join('/')}`;
    if (trail.includes(step)) throw refuseRef(from, ref, 'a reference to more than itself');
    return visit(target.value, kind, named, [...trail, step]);
  };
  const finish = (copy: Plain): void => {
    const found = pending.get(copy);
    if (!found) return;
    const { target, ref, from, isBegun } = found;
    if (isBegun) throw refuseRef(from, ref, 'a reference to more than itself');
    found.isBegun = true;
    if (isObject(target)) finish(target);
    mergeRef(copy, target);
    normaliseSchema(copy);
    pending.delete(copy);
  };
  const value = visit(document.value, 'part', document);
  for (const copy of [...pending.keys()]) finish(copy);
  return { value, place: [], source: (place) => findSource(place, document, follow) };
}

function kindOf(key: string, value: unknown, holder: Kind): Kind | 'data' {
  if (holder === 'named') return 'part';
  if (holder === 'examples') return 'example';
  if (holder === 'example' && key === 'value') return 'data';
  // A list of examples is JSON Schema's own, of plain data; OpenAPI's have names.
  if (key === 'examples') return isObject(value) ? 'examples' : 'data';
  if (DATA.includes(key)) return 'data';
  return NAMED.includes(key) ? 'named' : 'part';
}

function refuseRef(from: Document, ref: string, expected: string): Error {
  return refuse(findRef(wholeOf(from), ref) ?? wholeOf(from), expected, ref);
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
function findSource(place: Place, document: Document, follow: Follow): ReturnType<Source> {
  let part = wholeOf(document);
  for (const step of place) {
    for (let named = throughRef(part, step); named; named = throughRef(part, step)) part = named;
    part = partAt(part, step);
  }
  return part.source(part.place);

  /** What the reference of a part names, when it is there that a step of the way goes on. */
  function throughRef({ value, place, source }: Part, step: string | number): Part | undefined {
    if (!isObject(value) || Object.hasOwn(value, step) || typeof value.$ref !== 'string') return undefined;
    const named = follow(value.$ref, source(place).document);
    return named === 'outside' ? undefined : named;
  }
}
