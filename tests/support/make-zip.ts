import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive; `declared` is the unfolded size that it claims to have. */
type ZipEntry = { name: string; data: string | Buffer; declared?: number };

/** The bytes of a zip file (APPNOTE.TXT 4.3): local headers with deflated data, the central directory, and its end. */
export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, declared } of entries) {
    const content = Buffer.from(data);
    const deflated = deflateRawSync(content, { level: 9 });
    const sizes = [crc32(content), deflated.length, declared ?? content.length];
    const own = Buffer.from(name);
    const local = Buffer.concat([
      words([0x04034b50], 4),
      words([20, 0, 8, 0, 0], 2),
      words(sizes, 4),
      words([own.length, 0], 2),
      own,
      deflated,
    ]);
    files.push(local);
    directory.push(
      words([0x02014b50], 4),
      words([20, 20, 0, 8, 0, 0], 2),
      words(sizes, 4),
      words([own.length, 0, 0, 0, 0], 2),
      words([0, offset], 4),
      own,
    );
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = [
    words([0x06054b50], 4),
    words([0, 0, entries.length, entries.length], 2),
    words([central.length, offset], 4),
    words([0], 2),
  ];
  return Buffer.concat([...files, central, ...end]);
}

/** Numbers as so many bytes each, the least significant first. */
function words(values: readonly number[], size: 2 | 4): Buffer {
  const bytes = Buffer.alloc(values.length * size);
  for (const [index, value] of values.entries()) bytes.writeUIntLE(value, index * size, size);
  return bytes;
}
