/**
 * What is looked for: so many characters in a row at least that are all ASCII, if anything in it is; whether it goes beyond
 * ASCII, and whether there is something of it with hardly any ASCII.
 */
export type Wanted = { least: number; beyondAscii: boolean; withoutAscii: boolean };

/** Which bytes show that there is text, by their number: the rest is chance. */
export function textBytes({ withoutAscii }: Wanted): Uint8Array {
  return withoutAscii ? BEYOND_ASCII : IN_ASCII;
}

const IN_ASCII = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[\0\t\n\r -~]/.test(String.fromCharCode(byte)) ? 1 : 0,
);
const BEYOND_ASCII = IN_ASCII.map((isText, byte) => (byte > 127 ? 1 : isText));
