/** Finds texts in bytes, however many there are, in one go; each once at most. */
export function findAny<Needle extends { text: string }>(
  bytes: Buffer,
  needles: Needle[],
): { needle: Needle; at: number }[] {
  // By their first two bytes, which few places have.
  const begun = new Map<number, Needle[]>();
  const isBegun = new Uint8Array(65536);
  for (const needle of needles) {
    const key = Buffer.from(needle.text, 'latin1').readUInt16LE(0);
    begun.set(key, [...(begun.get(key) ?? []), needle]);
    isBegun[key] = 1;
  }
  const found = new Map<Needle, number>();
  for (let at = 0; at + 1 < bytes.length; at += 1) {
    const key = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    if (isBegun[key] === 0) continue;
    for (const needle of begun.get(key) ?? [])
      if (!found.has(needle) && bytes.toString('latin1', at, at + needle.text.length) === needle.text)
        found.set(needle, at);
  }
  return [...found].map(([needle, at]) => ({ needle, at }));
}
