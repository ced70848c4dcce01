import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VARIABLES } from '../../config/variables.ts';
import { quoteShell } from '../../judge/curl.ts';
import type { Report } from '../../report/report.ts';

/** Where the project lies; everything is started from there. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Runs under way at once: each keeps a core busy. */
const MOST = 2;

/** Where Playwright keeps what it has compiled, from run to run; everything else of a run goes into a directory of its own. */
const CACHE = join(tmpdir(), 'ecc-test-compiled');

/** What a run of the suite did. `report` is absent when none was written. */
export type SuiteRun = {
  code: number | null;
  /** Standard output and standard error, as they came. */
  output: string;
  ms: number;
  report?: Report;
  /** Names of the written files, and their contents. */
  files: Record<string, string>;
  /** Directories of the suite's own that are left in the run's temporary directory. */
  leftovers: string[];
};

/** Variables to set, or, where there is no value, to take away. */
type Environment = Record<string, string | undefined>;

/**
 * How a run is started. `during` may send signals to it; `directory` is where everything goes that it writes, and `inspect`
 * sees that before it is removed. `root` is a copy of the project to start in. A `terminal` is one of 80 columns, made by script(1).
 */
export type SuiteOptions = {
  env?: Environment | ((directory: string) => Environment);
  during?: (child: ChildProcess, directory: string) => void;
  inspect?: (directory: string) => void;
  root?: string;
  terminal?: boolean;
  /** Where in it; there unless told. */
  below?: string;
  /** Whether Playwright's files go where they go by themselves, and not into the directory. */
  isOutputUsual?: true;
  /** As whom. */
  user?: number;
  /** What starts Playwright: Node itself unless told. With it the run is a process group of its own, whose leader is the child. */
  via?: Launch;
};

/** A way to start Playwright. */
export type Launch = 'node' | 'npx' | 'npm';

const LAUNCHES: Record<Launch, string[]> = {
  node: [process.execPath, join(ROOT, 'node_modules/@playwright/test/cli.js'), 'test'],
  npx: ['npx', 'playwright', 'test'],
  npm: ['npm', 'run', 'conformance', '--'],
};

/** Of the surroundings, what a run would act upon: it must not write into those of whoever runs the tests. */
const SURROUNDINGS = ['FORCE_COLOR', 'NODE_OPTIONS', 'VITEST', 'GITHUB_ACTIONS', 'GITHUB_STEP_SUMMARY', '_'];

/** By these a program knows that npm has started it, which has started the tests, and not the run. */
const OF_NPM = ['npm_command', 'npm_lifecycle_event'];

/** The environment of this process without the suite's settings; empty ones keep a developer's .env file out. */
export function cleanEnv(): Record<string, string> {
  const rest = Object.entries(process.env as Record<string, string>).filter(
    ([name]) => ![...SURROUNDINGS, ...OF_NPM].includes(name),
  );
  const unset = Object.keys(VARIABLES).map((name) => [name, '']);
  return { ...Object.fromEntries([...rest, ...unset]), NO_COLOR: '1' };
}

/** Settings for a run against a server that is there. */
export function against(target: { url: string; token: string; adminToken?: string }): Record<string, string> {
  const { url, token, adminToken } = target;
  return { API_URL: url, API_TOKEN: token, ...(adminToken !== undefined && { API_ADMIN_TOKEN: adminToken }) };
}

/** Runs the Playwright suite in a process of its own and waits for its end; waits for its turn first. */
export async function runPlaywright(args: string[], options: SuiteOptions = {}): Promise<SuiteRun> {
  await takeTurn();
  const directory = mkdtempSync(join(tmpdir(), 'ecc-test-'));
  try {
    return await runIn(directory, args, options);
  } finally {
    rmSync(directory, { recursive: true, force: true });
    giveTurn();
  }
}

async function runIn(directory: string, args: string[], options: SuiteOptions): Promise<SuiteRun> {
  const { env, during, inspect, root = ROOT, below = '', terminal, via, user } = options;
  const reports = join(directory, 'report');
  const own = typeof env === 'function' ? env(directory) : env;
  const startedAt = Date.now();
  const command = [...LAUNCHES[via ?? 'node']];
  // One worker is enough to wait for the runner, which does all the work; a run of everything is as users start it.
  if (args.length > 0 && !args.includes('--workers')) command.push('--workers', '1');
  if (!options.isOutputUsual) command.push('--output', join(directory, 'results'));
  command.push(...args);
  if (user !== undefined) chownSync(directory, user, user);
  const [program = '', ...rest] = terminal ? inTerminal(command) : command;
  const child = spawn(program, rest, {
    cwd: join(root, below),
    ...(user !== undefined && { uid: user, gid: user }),
    detached: via !== undefined,
    env: {
      ...cleanEnv(),
      CONFORMANCE_REPORT_DIR: reports,
      TMPDIR: directory,
      PWTEST_CACHE_DIR: user === undefined ? CACHE : join(directory, 'compiled'),
      ...own,
    },
  });
  const output = collect(child);
  during?.(child, directory);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  inspect?.(directory);
  const files = readFiles(reports);
  const leftovers = readdirSync(directory).filter((name) => name.startsWith('ecc-'));
  const run: SuiteRun = { code, output: output(), ms: Date.now() - startedAt, files, leftovers };
  const json = files['report.json'];
  return json === undefined ? run : { ...run, report: JSON.parse(json) as Report };
}

/** A command that runs another one in a terminal, with its exit code. */
export function inTerminal(command: string[]): string[] {
  return ['script', '-qefc', command.map(quoteShell).join(' '), '/dev/null'];
}

/** Runs one of the commands on saved reports and blobs, as npm would. */
export function command(args: string[], env: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const all = ['--import', 'tsx', 'reporters/main.ts', ...args];
    execFile(process.execPath, all, { cwd: ROOT, env: { ...cleanEnv(), ...env } }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

/** Gathers what a process writes; the function yields all of it so far. */
function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}

function readFiles(directory: string): Record<string, string> {
  if (!existsSync(directory)) return {};
  return Object.fromEntries(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

/** Waits until a process has written what the pattern matches. */
export async function waitFor(child: ChildProcess, pattern: RegExp, timeoutMs = 60_000): Promise<RegExpExecArray> {
  const output = collect(child);
  const endsAt = Date.now() + timeoutMs;
  for (;;) {
    const match = pattern.exec(output());
    if (match) return match;
    if (Date.now() > endsAt || child.exitCode !== null) throw new Error(`It never wrote ${pattern}: ${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Ends a process and waits until it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

/** What `reference/main.ts` tells of itself. */
export type Standalone = { url: string; token: string; adminToken: string; restricted: string };

/** Starts the reference as a process of its own for the time that `work` takes. */
export async function withStandalone<Result>(
  work: (reference: Standalone) => Promise<Result>,
  alterations: string[] = [],
): Promise<Result> {
  // Refilled slowly, so that a burst reaches the limit on a busy machine too.
  const args = ['--import', 'tsx', 'reference/main.ts', '--port', '0', ...alterations];
  const child = spawn(process.execPath, args, { cwd: ROOT, env: cleanEnv() });
  try {
    const [line] = await waitFor(child, /^\{.*\}$/m);
    return await work(JSON.parse(line) as Standalone);
  } finally {
    await end(child);
  }
}

let underWay = 0;
const waiting: (() => void)[] = [];

async function takeTurn(): Promise<void> {
  if (underWay >= MOST) await new Promise<void>((resolve) => waiting.push(resolve));
  else underWay += 1;
}

function giveTurn(): void {
  const next = waiting.shift();
  if (next) next();
  else underWay -= 1;
}
