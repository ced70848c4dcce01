import { execFile } from 'node:child_process';

/** Longest that a tool may take, in milliseconds. */
const LONGEST_MS = 120_000;

/** Runs a program of the peers' directory to its end and yields what it wrote; a non-zero exit code is no error. */
export function execute(file: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, NO_COLOR: '1' }, timeout: LONGEST_MS, maxBuffer: 2 ** 28 };
    execFile(file, args, options, (error, stdout, stderr) => {
      if (error && typeof error.code === 'string') reject(error);
      else if (error?.killed) reject(new Error(`${file} took more than ${LONGEST_MS / 1000} s.`));
      else resolve(stdout + stderr);
    });
  });
}
