import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { isNohup, type Launch } from '../config/launch.ts';

/** A process as the system shows it: `group` is its process group, `called` what a shell noted in `_` when it started it. */
export type Running = {
  pid: number;
  parent: number;
  group: number;
  command: string[];
  called?: string;
  /** Whether it ignores SIGHUP, as what it starts does then; of Node it says nothing, which hears all signals anew. */
  ignoresHup?: boolean;
  /** Where it is a shell that only waits for one program: how often it began to, which changes when it is woken. */
  waits?: number;
};

/** Looks a process up; undefined where it has ended, or nothing shows processes. */
export type Look = (pid: number) => Running | undefined;

/** Who started this run. */
export type Launcher = {
  /** Whether it is to outlive its terminal and whoever started it. */
  isDetached: boolean;
  /** The processes that have to be there as long as it is wanted, from its parent to npm or npx, each the child of the next. */
  chain: number[];
  /** Whether npm or npx has started it and was gone before it was looked for. */
  isOrphan: boolean;
};

/** No chain of parents is longer. */
const MOST_PARENTS = 64;

/** Programs that npm has its commands run by. */
const SHELL = /(?:^|\/)(?:ba|da|a|k|z)?sh$/;

/** The process that takes in those whose parents have ended. */
const INIT = 1;

/**
 * Finds who started a process. npm and npx hand no signal on that they die of, so that what they started has to notice by itself; what
 * anything else started, or `nohup`, is on its own. A job of a shell is a process group, so that an npm of another group started something
 * else. Where nothing shows processes (`look` finds not even this one), the parent and the environment have to do.
 */
export function findLauncher(launch: Launch, own: { pid: number; parent: number }, look: Look = lookUp): Launcher {
  const self = look(own.pid);
  if (!self) {
    const isOrphan = launch.isByNpm && own.parent === INIT && !launch.isNohup;
    const chain = launch.isByNpm && !launch.isNohup && !isOrphan ? [own.parent] : [];
    return { isDetached: launch.isNohup, chain, isOrphan };
  }
  const parents: Running[] = [];
  for (let next = look(self.parent); next && parents.length < MOST_PARENTS; next = look(next.parent)) {
    if (next.group !== self.group) break;
    parents.push(next);
    if (isNpm(next)) break;
  }
  const isDetached = launch.isNohup || parents.some(outlivesTerminal) || isStdinShut(own.pid);
  if (isDetached) return { isDetached, chain: [], isOrphan: false };
  const last = parents.at(-1);
  if (last && isNpm(last)) return { isDetached, chain: parents.map(({ pid }) => pid), isOrphan: false };
  return { isDetached, chain: [], isOrphan: launch.isByNpm && self.parent === INIT };
}

/** Whether nohup has started a process, or whatever else makes one ignore SIGHUP. */
function outlivesTerminal({ called, ignoresHup }: Running): boolean {
  return ignoresHup === true || isNohup(called);
}

/** npm calls itself what it does, such as `npm exec playwright test`; at its very start it is still a script of node. */
function isNpm({ command: [program = '', script = ''] }: Running): boolean {
  return (
    /^np[mx](?: |$)/.test(program) ||
    (/^node/.test(basename(program)) && /^np[mx](?:-cli\.js)?$/.test(basename(script)))
  );
}

/** nohup gives what it starts from a terminal a standard input that only takes. */
function isStdinShut(pid: number): boolean {
  const WRITE_ONLY = 1;
  const flags = /^flags:\s*(\d+)/m.exec(read(`/proc/${pid}/fdinfo/0`) ?? '')?.[1];
  return flags !== undefined && (Number.parseInt(flags, 8) & 3) === WRITE_ONLY;
}

/** Looks a process up where the system shows them as files. */
export function lookUp(pid: number): Running | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const command = read(`/proc/${pid}/cmdline`);
  // The name, in parentheses, may hold anything: the state and what follows stand behind the last one.
  const [state, parent, group] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  if (command === undefined || state === undefined || state === 'Z' || state === 'X') return undefined;
  const called = /(?:^|\0)_=([^\0]*)/.exec(read(`/proc/${pid}/environ`) ?? '')?.[1];
  const running: Running = {
    pid,
    parent: Number(parent),
    group: Number(group),
    command: command.split('\0').filter((part) => part !== ''),
    ...(called !== undefined && { called }),
  };
  const ignored = /^SigIgn:\s*([0-9a-f]+)/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  // SIGHUP is the first of the signals.
  if (ignored !== undefined && Number.parseInt(ignored.slice(-1), 16) % 2 === 1) running.ignoresHup = true;
  const waits = SHELL.test(running.command[0] ?? '') ? countWaits(pid) : undefined;
  return waits === undefined ? running : { ...running, waits };
}

/** Of a shell with several programs any that ends wakes it. */
function countWaits(pid: number): number | undefined {
  if (read(`/proc/${pid}/task/${pid}/children`)?.trim().split(' ').length !== 1) return undefined;
  const count = /^voluntary_ctxt_switches:\s*(\d+)/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  return count === undefined ? undefined : Number(count);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
