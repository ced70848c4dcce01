/** Bytes that the sentence about what was left out may take. */
const SENTENCE = 200;

/**
 * Puts blocks one below the other in at most `room` bytes of UTF-8. Blocks are never cut, so no fence stays open and no character
 * is halved: the first that does not fit and all behind it are left out, but for the last one, and a sentence says so. Throws when
 * not even the first fits.
 */
export const fitBlocks = (blocks: readonly string[], room: number): string => {
  const sizeOf = (text: string): number => Buffer.byteLength(text) + 2;
  const sum = (texts: readonly string[]): number => texts.reduce((total, text) => total + sizeOf(text), 0);
  if (sum(blocks) <= room) return `${blocks.join('\n\n')}\n`;
  const last = blocks.slice(-1);
  const kept: string[] = [];
  let left = room - SENTENCE - sum(last);
  for (const block of blocks.slice(0, -1)) {
    left -= sizeOf(block);
    if (left < 0) break;
    kept.push(block);
  }
  if (kept.length === 0) throw new Error(`there is no room for it: ${Math.max(0, room)} bytes are left`);
  const missing = blocks.length - 1 - kept.length;
  const sentence = `_${missing} more ${missing === 1 ? 'part' : 'parts'} left out here, for want of room; the whole report has everything._`;
  return `${[...kept, sentence, ...last].join('\n\n')}\n`;
};
