import { spawnSync } from 'node:child_process';

/** A directory that does not answer for so long, in milliseconds, will not take a report either. */
const LONGEST_MS = 5000;

/** So much room is tried, in bytes: a report of a whole run takes about as much. */
const ROOM = 1024 * 1024;

/**
 * Does what writing the report does, in a process of its own, because nothing ends a call to a file system that hangs (a mount whose
 * server is gone) but the end of its process. Plain JavaScript for Node: it must start fast.
 */
const PROBE = `
const { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } = require('node:fs');
const [directory, room, file] = process.argv.slice(1);
const path = require('node:path').join(directory, '.try-' + process.ppid);
try {
  if (directory !== '') {
    mkdirSync(directory, { recursive: true });
    const handle = openSync(path, 'w');
    writeSync(handle, Buffer.alloc(Number(room)));
    closeSync(handle);
    renameSync(path, path + '-too');
  }
  if (file !== '') closeSync(openSync(file, 'a'));
} catch (error) {
  process.stdout.write(error.message);
} finally {
  for (const each of [path, path + '-too']) try { rmSync(each, { force: true }); } catch {}
}
`;

/** Why no file can be written into a directory, which is made for it, in words; undefined when one can. */
export function whyUnwritable(directory: string): string | undefined {
  return probe([directory, String(ROOM), '']);
}

/** Why nothing can be appended to a file, in words; undefined when it can. */
export function whyUnappendable(file: string): string | undefined {
  return probe(['', '0', file]);
}

function probe(args: string[]): string | undefined {
  const { error, stdout, status, signal } = spawnSync(process.execPath, ['-e', PROBE, '--', ...args], {
    encoding: 'utf8',
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT' || signal !== null)
    return `it gives no answer within ${LONGEST_MS / 1000} s`;
  if (stdout !== '') return stdout.split('\n')[0];
  return status === 0 ? undefined : `it cannot be tried (${error?.message ?? `exit code ${status}`})`;
}
