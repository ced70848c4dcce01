import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../engine/judge-cell.ts';
import type { Removal } from './build-world.ts';
import type { Groundwork } from './groundwork.ts';

/**
 * What the processes of one run share: a directory whose path they inherit in the environment. It never holds a secret,
 * because requests name tokens by placeholder.
 */
const VARIABLE = 'ECC_RUN_DIRECTORY';

/** How long to wait between two looks at a lock, in milliseconds. */
const LOOK_MS = 10;

let groundwork: Groundwork | undefined;

/** Makes the directory of this run; the main process does so once, and its workers inherit it. */
export function makeRunDirectory(): void {
  process.env[VARIABLE] = mkdtempSync(join(tmpdir(), 'ecc-'));
}

/** Removes the directory of this run, if there is one. */
export function removeRunDirectory(): void {
  const path = process.env[VARIABLE];
  if (path !== undefined) rmSync(path, { recursive: true, force: true });
}

function inside(name: string): string {
  const path = process.env[VARIABLE];
  if (path === undefined) throw new Error('The run has no directory; the global setup makes it.');
  return join(path, name);
}

/** Keeps the groundwork for the workers. */
export function saveGroundwork(laid: Groundwork): void {
  writeFileSync(inside('groundwork.json'), JSON.stringify(laid));
}

/** The groundwork that the global setup has laid, read once for each process. */
export function loadGroundwork(): Groundwork {
  groundwork ??= JSON.parse(readFileSync(inside('groundwork.json'), 'utf8')) as Groundwork;
  return groundwork;
}

/** Notes an object that has to be removed at the end; written at once, so that a killed run can be cleaned up after. */
export function noteRemoval(removal: Removal): void {
  appendFileSync(inside('removals.jsonl'), `${JSON.stringify(removal)}\n`);
}

/** Every object that has to be removed, in the order in which they were made. */
export function listRemovals(): Removal[] {
  const file = inside('removals.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Removal);
}

/** The answers of the bursts: made once in a run, whichever worker comes first and however often one is restarted. */
export async function burstsOnce(make: () => Promise<Record<string, Answer>>): Promise<Record<string, Answer>> {
  const file = inside('bursts.json');
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(await alone(make)));
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Answer>;
}

/** Runs work that may go on beside other such work, in this process and others, but not beside work that has to be alone. */
export async function together<Result>(work: () => Promise<Result>): Promise<Result> {
  const own = inside(`together-${process.pid}`);
  for (;;) {
    writeFileSync(own, '');
    if (!existsSync(inside('alone'))) break;
    rmSync(own, { force: true });
    await sleep(LOOK_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(own, { force: true });
  }
}

/** Runs work while nothing else of this run is under way: waits for the others and holds newcomers back. */
async function alone<Result>(work: () => Promise<Result>): Promise<Result> {
  const sign = inside('alone');
  writeFileSync(sign, String(process.pid));
  try {
    while (readdirSync(inside('')).some(isHeldByOther)) await sleep(LOOK_MS);
    return await work();
  } finally {
    rmSync(sign, { force: true });
  }
}

/** A worker that was killed leaves its sign behind; a process that is gone holds nothing. */
function isHeldByOther(name: string): boolean {
  const pid = /^together-(\d+)$/.exec(name)?.[1];
  if (pid === undefined || Number(pid) === process.pid) return false;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}
