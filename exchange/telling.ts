/** Least information that makes a value no mere word, in bits: the number of its characters times their entropy. */
const LEAST_BITS = 48;

/** From this length on, in characters, a value is no word, whatever it is made of. */
const LONG = 32;

/**
 * Whether a value can be told from ordinary text by its length and the variety of its characters: a random token of 16 letters and
 * digits has some 60 bits, `other` or `production` has fewer than 48; and no word has a digit in it, or capitals past its beginning.
 */
export function isTelling(value: string): boolean {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  const bits = [...counts.values()].reduce((sum, count) => sum - count * Math.log2(count / value.length), 0);
  return bits >= LEAST_BITS && (value.length >= LONG || /\d|[a-z][A-Z]/.test(value));
}
