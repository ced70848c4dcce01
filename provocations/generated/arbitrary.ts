import * as fc from 'fast-check';
import { ANY } from '../../plan/probe-kinds.ts';
import type { Json } from '../../schemas/contract.ts';
import { type Change, listChanges, type Target } from './changes.ts';

/** Most fields that are changed at once. */
const MOST_CHANGES = 3;

/** Surrogates are no characters. */
const CHARACTERS = 0x110000 - 0x800;

/**
 * Any character, shrinking to `a`. fast-check's own unit for this keeps a list of all of them, which takes some 80 MB in every
 * process that so much as loads this file.
 */
const anyCharacter = fc.integer({ min: 0, max: CHARACTERS - 1 }).map((index) => {
  const code = (index + 0x61) % CHARACTERS;
  return String.fromCodePoint(code < 0xd800 ? code : code + 0x800);
});

/** Any JSON value of moderate size, texts of every kind among them; shrinks to what is short and plain. */
const anyValue: fc.Arbitrary<Json> = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 300 }),
  fc.string({ maxLength: 3000 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
);

/** One to three changes to different fields: known wrong values, and any others. Shrinks to the fewest and plainest. */
export function arbitraryChanges(targets: Target[]): fc.Arbitrary<Change[]> {
  const known = listChanges(targets);
  const place = fc.constantFrom(...targets.map(({ pointer, key }) => ({ pointer, key, kind: ANY })));
  const any = fc.tuple(place, anyValue).map(([at, value]) => ({ ...at, value }));
  return fc.uniqueArray(fc.oneof(fc.constantFrom(...known), any), {
    minLength: 1,
    maxLength: MOST_CHANGES,
    selector: ({ pointer }) => pointer,
  });
}
