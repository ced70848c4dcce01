import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Untouched for so long, in milliseconds, a directory is nobody's: processes of another container are not seen from here. */
const UNTOUCHED_MS = 60 * 60_000;

/** Removes from a place the directories of this user's runs that were killed, so that nothing took them away. */
export function removeKilled(place: string): void {
  for (const name of readdirSync(place)) {
    const pid = /^ecc-(\d+)-\w{6}$/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const path = join(place, name);
    try {
      const { mtimeMs, uid } = lstatSync(path);
      const isOwn = uid === (process.getuid?.() ?? uid);
      if (isOwn && Date.now() - mtimeMs > UNTOUCHED_MS) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another run was faster, or it is none of ours after all.
    }
  }
}

/** Whether a process is there, whoever's it is. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
