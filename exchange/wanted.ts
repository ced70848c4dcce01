/** What is looked for: so many characters in a row at least, all of them ASCII or not. */
export type Wanted = { least: number; beyondAscii: boolean };

/** Fewest characters that are worth reading at an edge, where there may be half of something. */
export const LEAST_AT_EDGE = 4;

/** Which bytes text consists of, by their number: the rest is no text but chance. Those beyond ASCII are UTF-8 or Latin-1. */
export function textBytes({ beyondAscii }: Wanted): Uint8Array {
  return beyondAscii ? BEYOND_ASCII : IN_ASCII;
}

const IN_ASCII = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[\0\t\n\r -~]/.test(String.fromCharCode(byte)) ? 1 : 0,
);
const BEYOND_ASCII = IN_ASCII.map((isText, byte) => (byte > 127 ? 1 : isText));
