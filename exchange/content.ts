import { isAscii } from 'node:buffer';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** Content with its codings undone; on `error` the `bytes` are the coded ones. `total` counts up to where reading stopped. */
export type Content = { bytes: Buffer; total: number; truncated: boolean; error?: string };

/**
 * Undoes Content-Encoding (field values in order; RFC 9110 §8.4) up to `max` bytes of output, so that a small answer cannot
 * unfold without bound. `partial` says that `bytes` are only the first part, so that their sudden end is no error.
 */
export async function decodeContent(
  bytes: Buffer,
  encodings: string[],
  max: number,
  partial: boolean,
): Promise<Content> {
  const codings = encodings
    .flatMap((value) => value.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  const undecoded = { bytes, total: bytes.length, truncated: false };
  if (codings.length === 0 || bytes.length === 0) return undecoded;
  if (codings.length > 3) return { ...undecoded, error: `${codings.length} content codings on top of each other` };
  let content: Content = undecoded;
  try {
    // Listed in the order they were applied, so undone from the last.
    for (const coding of codings.reverse())
      content = await undo(content.bytes, coding, max, partial || content.truncated);
    return content;
  } catch (error) {
    return { ...undecoded, error: error instanceof Error ? error.message : String(error) };
  }
}

async function undo(bytes: Buffer, coding: string, max: number, partial: boolean): Promise<Content> {
  const stream = decoder(bytes, coding, partial);
  const kept: Buffer[] = [];
  let total = 0;
  stream.end(bytes);
  for await (const chunk of stream) {
    kept.push(chunk);
    total += chunk.length;
    // Leaving the loop destroys the stream.
    if (total > max) break;
  }
  return { bytes: Buffer.concat(kept).subarray(0, max), total, truncated: total > max };
}

function decoder(bytes: Buffer, coding: string, partial: boolean) {
  const zlib = partial ? { finishFlush: constants.Z_SYNC_FLUSH } : {};
  if (coding === 'gzip' || coding === 'x-gzip') return createGunzip(zlib);
  if (coding === 'br') return createBrotliDecompress(partial ? { finishFlush: constants.BROTLI_OPERATION_FLUSH } : {});
  // RFC 9110 §8.4.1.2: deflate means the zlib format, but some servers send it bare; a zlib header's low nibble is 8.
  if (coding === 'deflate') return ((bytes[0] ?? 0) & 15) === 8 ? createInflate(zlib) : createInflateRaw(zlib);
  throw new Error(`unknown content coding ${JSON.stringify(coding.slice(0, 80))}`);
}

/** What content holds that is compressed still, up to where it breaks; undefined when it does not look it (RFC 1952, RFC 1950). */
export async function unfold(bytes: Buffer, max: number): Promise<Buffer | undefined> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const isZlib = ((bytes[0] ?? 0) & 15) === 8 && bytes.length > 2 && bytes.readUInt16BE(0) % 31 === 0;
  if (!isGzip && !isZlib) return undefined;
  const flushing = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
  const stream = isGzip ? createGunzip(flushing) : createInflate(flushing);
  // In small steps, since what a step brings is lost when it fails; a checksum at the end is left out, as it may be wrong.
  const end = bytes.length - (isGzip ? 8 : 4);
  const step = Math.max(16, Math.ceil(end / 1000));
  const kept: Buffer[] = [];
  let total = 0;
  const feed = async () => {
    for (let at = 0; at < end && total <= max && !stream.destroyed; at += step)
      await new Promise((resolve) => stream.write(bytes.subarray(at, Math.min(at + step, end)), resolve));
    stream.end();
  };
  stream.on('data', (chunk: Buffer) => {
    total += chunk.length;
    kept.push(chunk);
    if (total > max) stream.destroy();
  });
  const over = new Promise<void>((resolve) => stream.on('error', () => resolve()).on('close', () => resolve()));
  await Promise.race([feed().then(() => over), over]);
  return Buffer.concat(kept).subarray(0, max);
}

/** True when `bytes` are UTF-8 (RFC 3629); a character that is cut off at the end is forgiven when they are `partial`. */
export function isUtf8(bytes: Buffer, partial: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: partial });
    return true;
  } catch {
    return false;
  }
}

/** Bytes as text: what is not UTF-8 becomes U+FFFD, a byte order mark stays, a character cut off at the end is left out. */
export function toText(bytes: Buffer, partial: boolean): string {
  // In this way the text takes one byte a character and not two.
  if (isAscii(bytes)) return bytes.toString('latin1');
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: partial });
}
