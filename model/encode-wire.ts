/** Text as it goes out in a request head: characters up to U+00FF as one byte each, so that any byte can be spelt; others as UTF-8. */
export function encodeWire(text: string): Buffer {
  return Buffer.from(
    text.replace(/[\u0100-\u{10ffff}]/gu, (character) => Buffer.from(character).toString('latin1')),
    'latin1',
  );
}
