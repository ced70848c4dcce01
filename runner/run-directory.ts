import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer } from '../engine/answer.ts';
import type { Removal } from './build-world.ts';
import type { FaultRun } from './faults/run-faults.ts';
import type { SwitchJournal, SwitchNote } from './faults/throw-switch.ts';
import type { Groundwork } from './groundwork.ts';
import { runAlone, runTogether } from './locks.ts';

/**
 * What the processes of one run share: a directory whose path they inherit in the environment. It never holds a secret,
 * because requests name tokens by placeholder.
 */
const VARIABLE = 'ECC_RUN_DIRECTORY';

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
  appendLine('removals.jsonl', removal);
}

/** Every object that has to be removed, in the order in which they were made. */
export function listRemovals(): Removal[] {
  return readLines<Removal>('removals.jsonl');
}

/** The journal of switches that all processes of the run share; written at once, so that another process can switch off. */
export const SWITCHES: SwitchJournal = {
  note: (entry) => appendLine('switches.jsonl', entry),
  list: () => readLines<SwitchNote>('switches.jsonl'),
};

function appendLine(name: string, entry: object): void {
  appendFileSync(inside(name), `${JSON.stringify(entry)}\n`);
}

function readLines<Entry>(name: string): Entry[] {
  const file = inside(name);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Entry);
}

/** The answers of the bursts: made once in a run, whichever worker comes first and however often one is restarted. */
export async function burstsOnce(make: () => Promise<Record<string, Answer>>): Promise<Record<string, Answer>> {
  return once('bursts.json', make);
}

/** What came of the faults of a status: made once in a run, as bursts are. */
export async function faultsOnce(status: number, make: (trouble?: string) => Promise<FaultRun>): Promise<FaultRun> {
  return once(`faults-${status}.json`, () => make(findTrouble()));
}

/** Why the target cannot be tested any further since a fault was switched on; undefined when it can. */
export function findTrouble(): string | undefined {
  const files = readdirSync(inside('')).filter((name) => /^faults-\d+\.json$/.test(name));
  return files.map((name) => (JSON.parse(readFileSync(inside(name), 'utf8')) as FaultRun).trouble).find(Boolean);
}

async function once<Result>(name: string, make: () => Promise<Result>): Promise<Result> {
  const file = inside(name);
  if (!existsSync(file)) {
    const made = JSON.stringify(await runAlone(inside(''), make));
    // In one step, so that nobody reads half of it.
    writeFileSync(`${file}.part`, made);
    renameSync(`${file}.part`, file);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Result;
}

/** Runs work that may go on beside other such work, in this process and others, but not beside work that has to be alone. */
export function together<Result>(work: () => Promise<Result>): Promise<Result> {
  return runTogether(inside(''), work);
}
