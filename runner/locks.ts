import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait between two looks at a lock, in milliseconds. */
const LOOK_MS = 10;

/** Runs work beside other such work of processes that share a directory, but not beside work that has to be alone. */
export async function runTogether<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  const own = join(directory, `together-${process.pid}`);
  for (;;) {
    writeFileSync(own, '');
    if (!existsSync(join(directory, 'alone'))) break;
    rmSync(own, { force: true });
    await sleep(LOOK_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(own, { force: true });
  }
}

/** Runs work while nothing else of the processes that share a directory is under way: waits for the others and holds newcomers back. */
export async function runAlone<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  const sign = join(directory, 'alone');
  while (!takeSign(sign)) await sleep(LOOK_MS);
  try {
    while (readdirSync(directory).some(isHeld)) await sleep(LOOK_MS);
    return await work();
  } finally {
    rmSync(sign, { force: true });
  }
}

/** Whether the sign of being alone is ours now: two that have to be alone must not be so at once. */
function takeSign(sign: string): boolean {
  try {
    writeFileSync(sign, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    // What a worker that was killed has left; the next look takes it.
    const holder = readHolder(sign);
    if (holder !== '' && !isAlive(Number(holder))) rmSync(sign, { force: true });
    return false;
  }
}

/** Who holds a sign; nobody, when it has just been given back or is only being written. */
function readHolder(sign: string): string {
  try {
    return readFileSync(sign, 'utf8');
  } catch {
    return '';
  }
}

/** A worker that was killed leaves its sign behind; a process that is gone holds nothing. */
function isHeld(name: string): boolean {
  const pid = /^together-(\d+)$/.exec(name)?.[1];
  return pid !== undefined && isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
