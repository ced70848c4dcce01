/**
 * What is looked for: so many characters in a row at least that are all ASCII, if anything in it is; whether it goes beyond
 * ASCII, and whether there is something of it with hardly any ASCII.
 */
export type Wanted = { least: number; beyondAscii: boolean; withoutAscii: boolean };

/** Fewest characters in a row that tell anything. */
const FEWEST = 4;

/** What it takes to find texts. */
export function wantTexts(texts: string[], most: number): Wanted {
  const longest = texts.map((text) => Math.max(...text.split(/[^\0-\x7f]+/).map((each) => each.length)));
  const withoutAscii = longest.some((length) => length < FEWEST);
  const least = Math.min(most, ...(withoutAscii ? texts.map((text) => text.length) : longest));
  return { least, beyondAscii: texts.some((text) => /[^\0-\x7f]/.test(text)), withoutAscii };
}

/** Which bytes show that there is text, by their number: the rest is chance. */
export function textBytes({ withoutAscii }: Wanted): Uint8Array {
  return withoutAscii ? BEYOND_ASCII : IN_ASCII;
}

const IN_ASCII = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[\0\t\n\r -~]/.test(String.fromCharCode(byte)) ? 1 : 0,
);
const BEYOND_ASCII = IN_ASCII.map((isText, byte) => (byte > 127 ? 1 : isText));
