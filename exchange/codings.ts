/** A way of writing bytes one behind the other, so many digits for so many bytes. */
export type Coding = {
  name: 'base64' | 'hex';
  digits: number;
  bytes: number;
  /** What a digit stands for, by character code; PARTING for what may part two of them, -1 for what may not. */
  values: Int8Array;
};

/** Stands for what may part two digits, of which there may be so many. */
const PARTING = -2;
const MOST_PARTING = 68;

/** Both alphabets of base64 (RFC 4648 §4, §5), in lines of any length or with blanks, and hex as in dumps and lists. */
export const CODINGS: Coding[] = [
  {
    name: 'base64',
    digits: 4,
    bytes: 3,
    values: valuesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', '-_', ' \t\r\n'),
  },
  {
    name: 'hex',
    digits: 2,
    bytes: 1,
    values: valuesOf('0123456789abcdef', 'ABCDEF', ' \t\r\n:,;+-'),
  },
];

/** The last digits may be written as others, too. */
function valuesOf(digits: string, others: string, parting: string): Int8Array {
  const values = new Int8Array(128).fill(-1);
  const codes = (text: string) => [...text].map((each) => each.charCodeAt(0));
  for (const [at, code] of codes(digits).entries()) values[code] = at;
  for (const [at, code] of codes(others).entries()) values[code] = digits.length - others.length + at;
  for (const code of codes(parting)) values[code] = PARTING;
  return values;
}

/** Where the next digit of a run is, given where there is none; -1 where the run ends. */
export function skipParting(text: string, from: number, { values }: Coding): number {
  let at = from;
  while (at - from < MOST_PARTING && valueAt(text, at, values) === PARTING) at += 1;
  if (at === from) return -1;
  // As in C: a prefix, unless these are digits.
  const next =
    (text.startsWith('0x', at) || text.startsWith('0X', at)) && valueAt(text, at + 1, values) < 0 ? at + 2 : at;
  return valueAt(text, next, values) >= 0 ? next : -1;
}

/** What stands for a character in a coding. */
export function valueAt(text: string, at: number, values: Int8Array): number {
  const code = at < text.length ? text.charCodeAt(at) : 128;
  return code < 128 ? (values[code] ?? -1) : -1;
}
