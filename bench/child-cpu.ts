import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second, whatever the kernel does inside (proc(5)). */
const TICKS = 100;

/** Seconds of processor time of all children of this process that have ended, and of theirs; undefined where the system does not tell. */
export function childCpu(): number | undefined {
  try {
    // Behind the name, which may hold blanks: cutime and cstime are the 14th and 15th field.
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[13]) + Number(fields[14])) / TICKS;
  } catch {
    return undefined;
  }
}
