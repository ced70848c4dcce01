import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Read at a time where the system does not say how much there is, in bytes. */
const CHUNK = 64 * 1024;

/**
 * Reads a file as text, if it has no more bytes than it may. Throws what the file system does, and an Error that says what else there is: a
 * pipe, which may keep its reader waiting for ever, or more.
 */
export function readText(path: string, mostBytes: number): string {
  // So that a pipe that nobody writes into is not waited for.
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(handle);
    if (stats.isFIFO()) throw new Error('a pipe');
    if (stats.size > mostBytes) throw new Error(tooLong(mostBytes));
    const chunks: Buffer[] = [];
    // A device has no size and may have no end.
    for (let bytes = 0; ; ) {
      const chunk = Buffer.allocUnsafe(Math.max(CHUNK, stats.size - bytes));
      const count = readSync(handle, chunk);
      if (count === 0) return Buffer.concat(chunks).toString('utf8');
      bytes += count;
      if (bytes > mostBytes) throw new Error(tooLong(mostBytes));
      chunks.push(chunk.subarray(0, count));
    }
  } finally {
    closeSync(handle);
  }
}

function tooLong(mostBytes: number): string {
  return `more than ${mostBytes / 1024 / 1024} MB`;
}
