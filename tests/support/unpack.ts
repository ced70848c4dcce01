import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** Bytes and where they were found; what was packed in something else is named behind it: `report.zip > a.json`. */
export type Piece = { name: string; bytes: Buffer };

/** Archives within archives that are opened. */
const DEEPEST = 6;

/** Base64 that is long enough to hold an archive or a body; its alphabet may be the one for URLs. */
const BASE64 = /[A-Za-z0-9+/_-]{64,}={0,2}/g;

/** The bytes themselves and all that is packed in them: zip, gzip and zlib, and text, also where they stand in a text as base64. */
export function unpack(piece: Piece, depth = 0): Piece[] {
  if (depth >= DEEPEST) throw new Error(`${piece.name} is packed too deep to be searched`);
  return [piece, ...openOne(piece).flatMap((inner) => unpack(inner, depth + 1))];
}

function openOne({ name, bytes }: Piece): Piece[] {
  const within = (inner: string, content: Buffer): Piece => ({ name: `${name} > ${inner}`, bytes: content });
  if (bytes.toString('latin1', 0, 2) === 'PK') return readZip(bytes).map((each) => within(each.name, each.bytes));
  const content = inflateAny(bytes);
  if (content) return [within('inflated', content)];
  return [...bytes.toString('latin1').matchAll(BASE64)].flatMap(([text], index) => {
    const decoded = Buffer.from(text, 'base64');
    return isPacked(decoded) || isText(decoded) ? [within(`base64 ${index}`, decoded)] : [];
  });
}

function isPacked(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 4) === 'PK\x03\x04' || inflateAny(bytes) !== undefined;
}

/** Whether it begins like text: what is no base64 at all, a hash for one, seldom does. */
function isText(bytes: Buffer): boolean {
  return /^[\t\n\r -~]+$/.test(bytes.toString('latin1', 0, 32));
}

function inflateAny(bytes: Buffer): Buffer | undefined {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  // A zlib header: deflate, and both bytes together a multiple of 31 (RFC 1950 §2.2).
  const isZlib = ((bytes[0] ?? 0) & 15) === 8 && bytes.length > 2 && bytes.readUInt16BE(0) % 31 === 0;
  if (!isGzip && !isZlib) return undefined;
  try {
    return isGzip ? gunzipSync(bytes) : inflateSync(bytes);
  } catch {
    return undefined;
  }
}

/** Every file of a zip archive, by its central directory; throws an Error when there is none, or it holds what cannot be read. */
export function readZip(bytes: Buffer): Piece[] {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0) throw new Error('the zip archive has no directory');
  const pieces: Piece[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [named, extra, remark] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const header = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + named);
    // The lengths of the local header are its own: its extra field may be another.
    const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const content = bytes.subarray(start, start + packed);
    if (method !== 0 && method !== 8) throw new Error(`${name} is packed by method ${method}`);
    pieces.push({ name, bytes: method === 8 ? inflateRawSync(content) : content });
    at += 46 + named + extra + remark;
  }
  return pieces;
}
