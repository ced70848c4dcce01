import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Reference } from '../../reference/server.ts';
import type { Target } from '../../runner/session.ts';
import { headerOf, type Passed, perfect, withProxy } from '../runner/proxy.ts';
import { listEverything, withReference } from '../runner/support.ts';
import { withProfile } from '../support/profile.ts';
import { HAS_PROC, listGroup } from './process-tree.ts';
import { against, cleanEnv, inTerminal, type Launch, ROOT, runPlaywright, type SuiteRun } from './support.ts';

/** What one request was, and when it came, by `performance.now()`. */
type Seen = { method: string; token: string; at: number };

/** A target on whose way everything is seen, and a place where a fault shows that it is on. */
type Scene = {
  /** How long each removal takes, in milliseconds. */
  removalMs: number;
  reference: Reference;
  proxy: Target & { passed: Passed[] };
  seen: Seen[];
  fault: string;
  profile: string;
};

/** How long an exchange may take, in milliseconds. */
const TIMEOUT_MS = 5000;

/** What reads an object and makes it first, and what nothing else is needed for. */
const FEW = ['--grep', 'GET /sinks/.*404'];

/** When a run is told to end, and what of it is run. */
const MOMENTS: Record<string, { args: string[]; isNow: (scene: Scene) => boolean }> = {
  'set-up': { args: [], isNow: ({ seen }) => seen.length > 0 },
  cells: { args: [], isNow: ({ seen }) => seen.length > 400 },
  faults: { args: ['--grep', '@500'], isNow: ({ fault }) => existsSync(fault) },
  burst: { args: ['--grep', '@429'], isNow: ({ proxy }) => proxy.passed.some(({ under }) => under > 20) },
  teardown: { args: FEW, isNow: ({ seen }) => seen.some(({ method }) => method === 'DELETE') },
};

/** Runs work on a target of which everything is seen. */
function withScene<Result>(work: (scene: Scene) => Promise<Result>): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'ecc-signals-'));
  const fault = join(directory, 'on');
  const command = { on: ['touch', fault], off: ['rm', '-f', fault], deadlineMs: 5000 };
  const switches = [{ status: 500, operations: 'all', title: 'it fails', provenance: 'simulated', command }];
  const seen: Seen[] = [];
  let scene: Scene | undefined;
  return withReference({ rateLimit: { capacity: 300, perSecond: 100 } }, (reference) =>
    withProxy(
      reference,
      {
        async request(passing) {
          seen.push({
            method: passing.method,
            token: headerOf(passing, 'authorization') ?? '',
            at: performance.now(),
          });
          if (passing.method === 'DELETE') await sleep(scene?.removalMs);
          return existsSync(fault) ? { answer: perfect(500) } : passing;
        },
      },
      (proxy) =>
        withProfile({ switches }, (profile) => {
          scene = { removalMs: 0, reference, proxy, seen, fault, profile };
          return work(scene);
        }),
    ),
  ).finally(() => rmSync(directory, { recursive: true, force: true }));
}

const settings = ({ proxy, profile }: Scene) => ({
  ...against(proxy),
  CONFORMANCE_ALLOW: 'all',
  CONFORMANCE_GENERATE: 'off',
  CONFORMANCE_TARGET: profile,
  CONFORMANCE_TIMEOUT_MS: String(TIMEOUT_MS),
});

/** Does something once it is time; yields when that was, by `performance.now()`. */
async function when(child: ChildProcess, isNow: () => boolean, act: () => void): Promise<number> {
  while (!isNow() && child.exitCode === null && child.signalCode === null) await sleep(10);
  act();
  return performance.now();
}

/** Asserts that what came a second after the signal only put the target back. */
function expectOnlyRemovals({ seen, reference }: Scene, toldAt: number): void {
  const bearer = `Bearer ${reference.token}`;
  const late = seen.filter(({ at }) => at > toldAt + 1000);
  for (const { method, token } of late) expect([method, token]).toEqual([expect.stringMatching(/GET|DELETE/), bearer]);
}

const EVERYWHERE = [
  ['SIGTERM', 'npx', 'set-up'],
  ['SIGHUP', 'node', 'cells'],
  ['SIGTERM', 'npm', 'cells'],
  ['SIGINT', 'npx', 'cells'],
  ['SIGINT', 'group', 'faults'],
  ['SIGTERM', 'group', 'burst'],
  ['SIGHUP', 'npm', 'burst'],
  ['SIGINT', 'node', 'teardown'],
  ['SIGHUP', 'npx', 'teardown'],
] as const;

describe.concurrent('a run that is told to end', () => {
  test.each(EVERYWHERE)(
    'by %s to %s, during %s: no more is provoked, and nothing is left',
    async (signal, to, moment) => {
      const { args, isNow } = MOMENTS[moment] as (typeof MOMENTS)[string];
      await withScene(async (scene) => {
        if (moment === 'teardown') scene.removalMs = 300;
        const before = await listEverything(scene.reference);
        let told: Promise<number> | undefined;
        let group: ChildProcess | undefined;
        const run = await runPlaywright(args, {
          env: settings(scene),
          via: to === 'group' ? 'npx' : (to satisfies Launch),
          during(child) {
            group = child;
            const pid = to === 'group' ? -(child.pid ?? 0) : (child.pid ?? 0);
            told = when(
              child,
              () => isNow(scene),
              () => process.kill(pid, signal),
            );
          },
        });
        const toldAt = (await told) ?? 0;
        expect(performance.now() - toldAt, run.output).toBeLessThan(TIMEOUT_MS + 5000);
        expectOnlyRemovals(scene, toldAt);
        expect(await listEverything(scene.reference), run.output).toEqual(before);
        expect(existsSync(scene.fault)).toBe(false);
        if (HAS_PROC) expect(listGroup(group?.pid ?? 0)).toEqual([]);
        expect(run.code).not.toBe(0);
        expect(run.report, run.output).toMatchObject({
          verdict: 'error',
          errors: expect.arrayContaining(['the run was interrupted']),
        });
        expect(run.leftovers).toEqual([]);
      });
    },
  );
});

describe.concurrent('a run that is told to end twice', () => {
  test('ends at once, with what is left and how it is removed', async () => {
    await withScene(async (scene) => {
      const before = await listEverything(scene.reference);
      let told: Promise<number> | undefined;
      const run = await runPlaywright([], {
        env: settings(scene),
        via: 'node',
        during(child) {
          const first = when(
            child,
            () => scene.seen.length > 400,
            () => {
              scene.removalMs = 3000;
              child.kill('SIGINT');
            },
          );
          told = first.then(async () => {
            await sleep(1200);
            child.kill('SIGTERM');
            return performance.now();
          });
        },
      });
      expect(performance.now() - ((await told) ?? 0)).toBeLessThan(1500);
      expect(run.code).toBe(143);
      const lines = run.output.split('\n').filter((line) => line.includes(' may be there: '));
      const commands = lines.map((line) => line.slice(line.indexOf('curl ')));
      expect(lines.length).toBeGreaterThan(5);
      expect(run.output).not.toContain(scene.reference.token);
      await sleep(3500);
      scene.removalMs = 0;
      const { token } = scene.reference;
      for (const command of commands) await shell(command, { API_TOKEN: token });
      expect(await listEverything(scene.reference)).toEqual(before);
    });
  });
});

/** Runs a command line of a shell and waits for its end. */
function shell(line: string, env: Record<string, string>): Promise<void> {
  return new Promise((resolve) => {
    spawn('sh', ['-c', line], { env: { ...cleanEnv(), ...env }, stdio: 'ignore' }).on('close', () => resolve());
  });
}

const FINISHED = { verdict: 'incomplete', errors: [] };

/** Starts a command line in a terminal that goes away as soon as requests come, and waits for the report of the run. */
async function outlive(line: string): Promise<SuiteRun['report']> {
  return withScene(async (scene) => {
    const directory = mkdtempSync(join(tmpdir(), 'ecc-outlive-'));
    const report = join(directory, 'report.json');
    const [program = '', ...args] = inTerminal(['bash', '-c', line]);
    const terminal = spawn(program, args, {
      cwd: ROOT,
      detached: true,
      stdio: 'ignore',
      env: { ...cleanEnv(), ...settings(scene), CONFORMANCE_REPORT_DIR: directory, TMPDIR: directory },
    });
    try {
      await when(
        terminal,
        () => scene.seen.length > 0,
        () => terminal.kill('SIGKILL'),
      );
      await expect.poll(() => existsSync(report), { timeout: 60_000, interval: 200 }).toBe(true);
      await sleep(500);
      return JSON.parse(readFileSync(report, 'utf8')) as SuiteRun['report'];
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
}

describe.skipIf(!HAS_PROC).concurrent('a run that is to outlive its terminal', () => {
  const rest = '--workers 1 --output "$TMPDIR/results" --grep "@404"';

  test('was started by nohup: neither the terminal nor npx takes it along', async () => {
    expect(await outlive(`nohup npx playwright test ${rest} > "$TMPDIR/nohup.out" 2>&1; true`)).toMatchObject(FINISHED);
  });

  test('was started by a shell that let it go', async () => {
    const line = `set -m; node node_modules/@playwright/test/cli.js test ${rest} & disown; sleep 60`;
    expect(await outlive(line)).toMatchObject(FINISHED);
  });
});
