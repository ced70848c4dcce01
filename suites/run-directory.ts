import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * What the processes of one run share: a directory that nobody else may enter, whose path they inherit in the environment. It
 * holds the tests to declare, how to reach the runner, and the cells that were judged, redacted.
 */

const VARIABLE = 'ECC_RUN_DIRECTORY';

// biome-ignore lint/plugin/environment: it is how processes of one run find each other, and no setting.
const inherited = process.env;

/** A path to a socket may be no longer, in bytes, on any platform. */
const LONGEST_PATH = 100;

/** Makes the directory of this run; it goes when this process does, because Playwright's reporters read from it until the end. */
export function makeRunDirectory(): string {
  const path = mkdtempSync(join(shortPlace(), `ecc-${process.pid}-`));
  inherited[VARIABLE] = path;
  process.on('exit', () => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The directory for temporary files, or another one where its path leaves no room for that of a socket. */
function shortPlace(): string {
  const own = tmpdir();
  return process.platform === 'win32' || Buffer.byteLength(join(own, 'ecc-1234567-123456', 's')) <= LONGEST_PATH
    ? own
    : '/tmp';
}

/** Where the runner listens: a socket in the run's directory, or a named pipe, and what to say there to be heard. */
export type Address = { path: string; secret: string };

/** Writes a file into the run's directory, for this user only. */
export function writeShared(directory: string, name: string, value: unknown): string {
  const path = join(directory, name);
  writeFileSync(path, JSON.stringify(value), { mode: 0o600 });
  return path;
}

/** Reads a file of the run's directory; undefined where there is no run, or no such file. */
export function readShared<Value>(name: string): Value | undefined {
  const directory = inherited[VARIABLE];
  if (directory === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(join(directory, name), 'utf8')) as Value;
  } catch {
    return undefined;
  }
}
