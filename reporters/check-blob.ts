import { readFileSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { openPromise, type ZipFile } from 'yauzl';
import { isDeep, MOST_DEPTH } from '../config/is-deep.ts';
import { SettingsError } from '../config/settings-error.ts';

/** A shard's blob holds its events and what they attach: some entries a cell, and some megabytes in all. */
const MOST_ENTRIES = 100_000;
const MOST_MEGABYTES = 256;

/** Begins the last record of a zip file. */
const END_OF_ZIP = Buffer.from('PK\x05\x06', 'latin1');

/** Where Playwright writes the events of a shard, one JSON object a line. */
const EVENTS = 'report.jsonl';

/**
 * Looks through a blob before Playwright unpacks it: whole, of bounded size, with names that stay where they are unpacked, and with
 * events in it. Throws a SettingsError that names it when it is not; `name` is how a reader knows it.
 */
export async function checkBlob(path: string, name: string): Promise<void> {
  const refuse = (found: string) => new SettingsError(`"${name}" ${found}; expected a blob as its shard wrote it.`);
  // What is packed is no larger than what it unfolds to, but for some bytes an entry.
  if (statSync(path).size > 2 * MOST_MEGABYTES * 1024 * 1024) throw refuse(`has more than ${2 * MOST_MEGABYTES} MB`);
  if (!readFileSync(path).includes(END_OF_ZIP)) throw refuse('is no whole .zip file');
  let events: string | undefined;
  try {
    const zip = await openPromise(path, { autoClose: false });
    events = await readThrough(zip, refuse).finally(() => zip.close());
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    throw refuse(`is no .zip file that can be unpacked (${(error as Error).message.split('\n')[0]})`);
  }
  if (events === undefined) throw refuse(`holds no ${EVENTS}`);
  if (events.split('\n').some(isDeep)) throw refuse(`holds more than ${MOST_DEPTH} values within each other`);
  const broken = events.split('\n').findIndex((line) => line !== '' && !isEvent(line));
  if (broken >= 0) throw refuse(`holds no event of Playwright's in line ${broken + 1} of its ${EVENTS}`);
}

/** Unfolds every entry once, so that what is broken is found here; yields the events. */
async function readThrough(zip: ZipFile, refuse: (found: string) => SettingsError): Promise<string | undefined> {
  if (zip.entryCount > MOST_ENTRIES) throw refuse(`holds ${zip.entryCount} files, and more than ${MOST_ENTRIES}`);
  let events: string | undefined;
  let bytes = 0;
  for await (const entry of zip.eachEntry()) {
    // What is declared is held to below: an entry that unfolds to more is an error of its own.
    bytes += entry.uncompressedSize;
    if (bytes > MOST_MEGABYTES * 1024 * 1024) throw refuse(`unfolds to more than ${MOST_MEGABYTES} MB`);
    if (entry.fileName.endsWith('/')) continue;
    const chunks: Buffer[] = [];
    await pipeline(await zip.openReadStreamPromise(entry), async (parts: AsyncIterable<Buffer>) => {
      for await (const part of parts) if (entry.fileName === EVENTS) chunks.push(part);
    });
    if (entry.fileName === EVENTS) events = Buffer.concat(chunks).toString();
  }
  return events;
}

function isEvent(line: string): boolean {
  try {
    return typeof (JSON.parse(line) as { method?: unknown } | null)?.method === 'string';
  } catch {
    return false;
  }
}
