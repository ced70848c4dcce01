import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Variables that hold what only the API may learn; a command gets the rest of the environment. */
const OURS = /^(?:API|CONFORMANCE|EMBEDDED|ECC|PLAYWRIGHT|TEST)_/;

/** Most of what a command complains about that is repeated, in characters. */
const LONGEST = 200;

/**
 * Runs a program without a shell and waits for its end. `onStart` hears its process group, which is one of its own: an interrupt
 * at the terminal does not reach it. After `deadlineMs` milliseconds the whole group is killed. Rejects, in words, when it
 * cannot be started, ends with another code than 0, or was killed; its arguments, which may hold a secret, are not repeated.
 */
export async function runCommand(argv: string[], deadlineMs: number, onStart: (group: number) => void): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'ecc-command-'));
  const complaints = join(directory, 'stderr');
  // A file and no pipe: what a command leaves running in the background must not lose its standard error with us.
  const stderr = openSync(complaints, 'w');
  try {
    const failure = await waitFor(argv, deadlineMs, stderr, onStart);
    const last = readFileSync(complaints, 'utf8').trim().split('\n').at(-1)?.slice(0, LONGEST);
    if (failure !== undefined) throw new Error(`the command "${argv[0]}" ${failure}${last ? `: ${last}` : ''}`);
  } finally {
    closeSync(stderr);
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Kills a process group; one that is gone is no error. */
export function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** What went wrong, or nothing. */
function waitFor(
  [program = '', ...args]: string[],
  deadlineMs: number,
  stderr: number,
  onStart: (group: number) => void,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      detached: true,
      stdio: ['ignore', 'ignore', stderr],
      env: publicEnvironment(),
    });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      if (child.pid !== undefined) killGroup(child.pid);
    }, deadlineMs);
    const end = (failure: string | undefined) => {
      clearTimeout(timer);
      resolve(failure);
    };
    child.on('error', (error) => end(`could not be started (${error.message})`));
    child.on('exit', (code, signal) => {
      if (late) end(`was killed, because it took longer than ${deadlineMs} ms`);
      else end(code === 0 ? undefined : `ended with ${signal ?? `exit code ${code}`}`);
    });
    if (child.pid !== undefined) onStart(child.pid);
  });
}

function publicEnvironment(): NodeJS.ProcessEnv {
  // biome-ignore lint/plugin/environment: it is handed on to a command; nothing here reads a setting.
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name)));
}
