/**
 * The first characters of a text, never half a pair at the end. A copy of its own: a slice would keep the whole text in memory,
 * and a server may write a megabyte where a line was meant.
 */
export function copyStart(text: string, most: number): string {
  if (text.length <= most) return text;
  return Buffer.from(text.slice(0, most).replace(/[\uD800-\uDBFF]$/, ''), 'utf16le').toString('utf16le');
}
