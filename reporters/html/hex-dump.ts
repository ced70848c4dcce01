const IN_LINE = 16;

/** Bytes in lines of sixteen: where they stand, what they are in hex, and as ASCII. */
export const hexDump = (bytes: Uint8Array): string => {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += IN_LINE) {
    const line = [...bytes.subarray(at, at + IN_LINE)];
    const hex = line.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = line.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(IN_LINE * 3 - 1)}  ${text}`);
  }
  return lines.join('\n');
};
