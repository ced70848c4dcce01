import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Target } from '../runner/session.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Starts the reference API as a process of its own, with further arguments; yields it, and where it listens once it does. */
export function startEmbedded(args: string[] = []): { child: ChildProcess; target: Promise<Target> } {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'reference/main.ts', '--port', '0', '--attended', ...args],
    {
      cwd: ROOT,
      // It ends when its standard input does, which is when this process is gone, however that came.
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  return { child, target: readAnnouncement(child) };
}

async function readAnnouncement({ stdout }: ChildProcess): Promise<Target> {
  if (stdout)
    for await (const line of createInterface({ input: stdout })) {
      if (line.startsWith('{')) return JSON.parse(line) as Target;
    }
  throw new Error('The embedded reference API ended before it listened.');
}
