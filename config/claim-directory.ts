import { readFileSync, readlinkSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Lies in a directory as long as a run is to write its report there. */
const NAME = '.in-use';

/** Whoever has the directory says so as often, in milliseconds, and has it no longer once it has not for so long. */
const BEAT_MS = 10_000;
const SILENT_MS = 60_000;

/** Who has a directory: a process, where its number says who it is, and since when. */
type Claim = { pid: number; place: string; since: string };

/**
 * Takes a directory that is there for the report of this process, until that ends. Yields why it cannot, in words: another run is about to
 * write into it. What a process has left that is gone is taken over. Throws what the file system does.
 */
export function claimDirectory(directory: string, now: () => number = Date.now): string | undefined {
  const path = join(directory, NAME);
  const own = JSON.stringify({ pid: process.pid, place: here(), since: new Date(now()).toISOString() } satisfies Claim);
  const held = take(path, own, now());
  if (held) return `process ${held.pid} has written there since ${held.since.slice(11, 19)} UTC`;
  const isOurs = () => read(path)?.text === own;
  const timer = setInterval(() => {
    if (isOurs()) attempt(() => utimesSync(path, now() / 1000, now() / 1000));
  }, BEAT_MS);
  timer.unref();
  process.on('exit', () => {
    if (isOurs()) attempt(() => rmSync(path, { force: true }));
  });
  return undefined;
}

/** Writes a claim where there is none that holds; yields the one that does. */
function take(path: string, own: string, now: number): Claim | undefined {
  try {
    writeFileSync(path, own, { flag: 'wx' });
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const found = read(path);
  if (found?.claim && isHeld(found.claim, now - found.at)) return found.claim;
  // Of two that find it, one moves it away; the other one then finds a claim that holds.
  attempt(() => renameSync(path, `${path}-${process.pid}`));
  rmSync(`${path}-${process.pid}`, { force: true });
  try {
    writeFileSync(path, own, { flag: 'wx' });
    return undefined;
  } catch (error) {
    const other = read(path)?.claim;
    if (other) return other;
    throw error;
  }
}

function isHeld({ pid, place }: Claim, silentMs: number): boolean {
  if (pid === process.pid && place === here()) return false;
  if (silentMs > SILENT_MS) return false;
  if (place !== here()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** This machine, and on it the container: the number of a process means nothing elsewhere. */
function here(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

function read(path: string): { text: string; claim?: Claim; at: number } | undefined {
  try {
    const { mtimeMs, size } = statSync(path);
    const text = size > 1000 ? '' : readFileSync(path, 'utf8');
    const claim = JSON.parse(text) as Partial<Claim> | null;
    const isClaim = [typeof claim?.pid, typeof claim?.place, typeof claim?.since].join() === 'number,string,string';
    return { text, at: mtimeMs, ...(isClaim && { claim: claim as Claim }) };
  } catch {
    return undefined;
  }
}

/** What fails is somebody else's doing by now. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {}
}
