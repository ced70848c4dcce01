import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VARIABLES } from '../config/variables.ts';
import type { Report } from '../report/report.ts';
import { childCpu } from './child-cpu.ts';

/** What a run of Playwright took, in seconds, and the text of its report where it made one. */
export type PlaywrightRun = { seconds: number; cpuSeconds?: number; code: number | null; report?: Report };

/** The command without `npx`, whose own start is npm's. */
const COMMAND = ['node_modules/@playwright/test/cli.js', 'test'];

/** Runs Playwright in a process of its own; settings of whoever measures are left out. */
export async function runPlaywright(args: string[], own: Record<string, string> = {}): Promise<PlaywrightRun> {
  const directory = mkdtempSync(join(tmpdir(), 'ecc-bench-'));
  try {
    const unset = Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, '']));
    const env = { ...process.env, ...unset, CONFORMANCE_REPORT_DIR: directory, ...own };
    const [cpuBefore, startedAt] = [childCpu(), performance.now()];
    const child = spawn(process.execPath, [...COMMAND, '--output', join(directory, 'out'), ...args], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    const [cpuAfter, endedAt] = [childCpu(), performance.now()];
    return {
      seconds: (endedAt - startedAt) / 1000,
      ...(cpuBefore !== undefined && cpuAfter !== undefined && { cpuSeconds: cpuAfter - cpuBefore }),
      code,
      ...readReport(join(directory, 'report.json')),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function readReport(path: string): { report?: Report } {
  try {
    return { report: JSON.parse(readFileSync(path, 'utf8')) as Report };
  } catch {
    // Playwright's empty tests make none.
    return {};
  }
}
