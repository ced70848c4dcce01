/** A way of writing bytes one behind the other, so many digits for so many bytes. */
export type Coding = {
  name: 'base64' | 'hex';
  digits: number;
  bytes: number;
  /** What a digit stands for, by character code; PARTING for what may part two of them, -1 for what may not. */
  values: Int8Array;
  parted: RegExp;
};

/** Stands for what may part two digits. */
export const PARTING = -2;

/** Both alphabets of base64 (RFC 4648 §4, §5), in lines of any length, and hex as in dumps and lists. */
export const CODINGS: Coding[] = [
  {
    name: 'base64',
    digits: 4,
    bytes: 3,
    values: valuesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', '-_', '\r\n'),
    parted: /\r?\n[ \t]{0,64}(?=[\w+/-])/y,
  },
  {
    name: 'hex',
    digits: 2,
    bytes: 1,
    values: valuesOf('0123456789abcdef', 'ABCDEF', ' \t\r\n:,;+-'),
    parted: /[ \t\r\n:,;+-]{1,8}(?:0x)?(?=[0-9a-fA-F])/y,
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
