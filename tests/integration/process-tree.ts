import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A running process and how it was called, its arguments parted by blanks. */
type Running = { pid: number; parent: number; command: string };

/** Whether this system shows its processes as files. */
export const HAS_PROC = existsSync('/proc/self/cmdline');

/** How the processes of a group are called, but for those that have ended and nobody has asked about. */
export function listGroup(group: number): string[] {
  return readdirSync('/proc').flatMap((name) => {
    const [, state, own] = /\) (\S) \d+ (\d+)/.exec(readText(`/proc/${name}/stat`)) ?? [];
    return Number(own) === group && state !== 'Z' ? [readText(`/proc/${name}/cmdline`).replaceAll('\0', ' ')] : [];
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** A process and all that it has started, directly or not. */
export function listTree(root: number): Running[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readProcess(Number(name)) : []));
  const tree = new Set([root]);
  // A child is listed behind its parent only mostly, so until nothing more is found.
  for (let before = 0; before !== tree.size; ) {
    before = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  return all.filter(({ pid }) => tree.has(pid));
}

function readProcess(pid: number): Running[] {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
    const parent = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1]);
    return [{ pid, parent, command }];
  } catch {
    // It has ended meanwhile.
    return [];
  }
}

/** Collects how a process and all that it starts are called, until it ends. */
export function watchCommands(child: ChildProcess, commands: Set<string>): void {
  if (!HAS_PROC) return;
  const look = () => {
    for (const { command } of child.pid === undefined ? [] : listTree(child.pid)) commands.add(command);
  };
  const timer = setInterval(look, 100);
  child.on('exit', () => clearInterval(timer));
}
