import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Reference, startReference } from '../../reference/server.ts';
import { startStorageNode } from '../../reference/storage-node.ts';
import type { Target } from '../../runner/session.ts';
import { expectSoundReport, listEverything, withReference } from '../runner/support.ts';
import { withProfile } from '../support/profile.ts';
import { TOXIPROXIES, type Toxiproxy, withToxiproxy } from '../support/toxiproxy.ts';
import { runPlaywright } from './support.ts';

/** Runs work on a staged API: a reference whose storage lies behind Toxiproxy. */
function withStaging<Result>(
  kind: string,
  upstreamTimeoutMs: number,
  work: (reference: Reference, toxiproxy: Toxiproxy) => Promise<Result>,
): Promise<Result> {
  return withToxiproxy(kind, async (toxiproxy) => {
    const node = await startStorageNode();
    const storage = await toxiproxy.addProxy('storage', node.address);
    const reference = await startReference({ storage, upstreamTimeoutMs });
    try {
      return await work(reference, toxiproxy);
    } finally {
      await reference.close();
      await node.close();
    }
  });
}

const settings = ({ url, token, adminToken }: Target, profile: string) => ({
  API_URL: url,
  API_TOKEN: token,
  API_ADMIN_TOKEN: adminToken,
  CONFORMANCE_ALLOW: 'all',
  CONFORMANCE_GENERATE: 'off',
  CONFORMANCE_TARGET: profile,
});

const onStorage = (url: string, status: number, title: string, fault: object) => ({
  status,
  operations: 'all',
  title,
  toxiproxy: { url, proxy: 'storage', ...fault },
});

/** Sends a signal as soon as something is so. */
function signalWhen(child: ChildProcess, signal: NodeJS.Signals, isSo: () => Promise<boolean> | boolean): void {
  let sent = false;
  const timer = setInterval(async () => {
    if (sent || !(await isSo()) || sent) return;
    sent = true;
    clearInterval(timer);
    child.kill(signal);
  }, 20);
  child.on('exit', () => clearInterval(timer));
}

describe.each(TOXIPROXIES)('a staged API whose storage lies behind Toxiproxy (%s)', (kind) => {
  test('is made to fail for its own reasons, alone, and is as before afterwards', () =>
    withStaging(kind, 2000, async (reference, toxiproxy) => {
      const switches = [
        onStorage(toxiproxy.url, 500, 'the storage breaks off', {
          toxic: { type: 'limit_data', attributes: { bytes: 20 } },
        }),
        onStorage(toxiproxy.url, 504, 'the storage is silent', {
          toxic: { type: 'timeout', attributes: { timeout: 0 } },
        }),
        onStorage(toxiproxy.url, 504, 'the storage is gone', { cut: true }),
      ];
      const before = await listEverything(reference);
      const { report, output, code } = await withProfile({ switches }, (profile) =>
        runPlaywright(['--grep', '@http_endpoints'], { env: settings(reference, profile) }),
      );
      expect(code, output).toBe(0);
      expect(report?.errors).toEqual([]);
      expect(report?.findings).toEqual([]);
      if (report) expectSoundReport(report);
      const staged = report?.cells.filter(({ status, cases }) => status >= 500 && cases.length > 0) ?? [];
      expect(staged.map(({ operation, status }) => `${operation} ${status}`)).toHaveLength(10);
      for (const cell of staged) expect(cell).toMatchObject({ outcome: 'pass', provenance: 'organic' });
      // Everything beside it was answered by a healthy API.
      expect(report?.cells.filter(({ outcome }) => outcome === 'fail' || outcome === 'error')).toEqual([]);
      expect(report?.statuses[429]).toMatchObject({ conforming: 5, error: 0 });
      expect(await toxiproxy.look('storage')).toEqual({ enabled: true, toxics: [] });
      expect(await listEverything(reference)).toEqual(before);
    }));

  test.each(['SIGINT', 'SIGTERM'] as const)('%s in the middle of a fault: it is off, and the API as before', (signal) =>
    // So slow to give up that the fault is still on when the signal comes.
    withStaging(kind, 30_000, async (reference, toxiproxy) => {
      const silent = { toxic: { type: 'timeout', attributes: { timeout: 0 } } };
      const switches = [onStorage(toxiproxy.url, 504, 'the storage is silent', silent)];
      const before = await listEverything(reference);
      let seen = false;
      const run = await withProfile({ switches }, (profile) =>
        runPlaywright(['--grep', '(?=.*@504)(?=.*@http_endpoints)'], {
          env: settings(reference, profile),
          during: (child) =>
            signalWhen(child, signal, async () => {
              seen = (await toxiproxy.look('storage')).toxics.length > 0;
              return seen;
            }),
        }),
      );
      expect(seen).toBe(true);
      expect(run.code).not.toBe(0);
      expect(run.report).toMatchObject({ verdict: 'error', errors: ['the run was interrupted'] });
      expect(run.leftovers).toEqual([]);
      expect(await toxiproxy.look('storage')).toEqual({ enabled: true, toxics: [] });
      expect(await listEverything(reference)).toEqual(before);
    }),
  );
});

test('a run that is one of several shards switches nothing, and says why', () =>
  withReference({}, (reference) => {
    const fail = { on: [process.execPath, '-e', 'process.exit(1)'], off: [process.execPath, '-e', ''] };
    const switches = [{ status: 504, operations: 'all', title: 'never on', command: fail }];
    return withProfile({ switches }, async (profile) => {
      const { report, output } = await runPlaywright(['--grep', '(?=.*@504)(?=.*@http_endpoints)', '--shard', '1/2'], {
        env: settings(reference, profile),
      });
      const reason = 'a fault is switched on by runs without shards only';
      const cells = report?.cells.filter((cell) => cell.reason?.includes(reason)) ?? [];
      expect(cells, output).toHaveLength(5);
      for (const { outcome } of cells) expect(outcome).toBe('untestable');
      expect(report?.errors).toEqual([]);
    });
  }));

if (TOXIPROXIES.length === 1)
  test.skip('the real server of Toxiproxy is not here (TOXIPROXY_SERVER names it)', () => {});

/** How long the slow command takes, in milliseconds. */
const DELAY_MS = 10_000;

test('SIGINT while a command is still switching on: it is ended, and the command for off is run after it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'hook-'));
  const log = join(directory, 'log');
  const append = (word: string) => `require('node:fs').appendFileSync(${JSON.stringify(log)}, '${word} ');`;
  const slow = `${append('begun')} setTimeout(() => { ${append('on')} }, ${DELAY_MS});`;
  const reference = await startReference();
  try {
    const by = { on: [process.execPath, '-e', slow], off: [process.execPath, '-e', append('off')] };
    const switches = [{ status: 500, operations: 'all', title: 'by command', command: by }];
    const run = await withProfile({ switches }, (profile) =>
      runPlaywright(['--grep', '(?=.*@500)(?=.*@http_endpoints)'], {
        env: settings(reference, profile),
        during: (child) =>
          signalWhen(child, 'SIGINT', () => existsSync(log) && readFileSync(log, 'utf8').includes('begun')),
      }),
    );
    expect(run.report).toMatchObject({ verdict: 'error', errors: ['the run was interrupted'] });
    // Longer than the command would have taken from now on.
    await sleep(DELAY_MS + 1000);
    expect(readFileSync(log, 'utf8')).toBe('off begun off ');
  } finally {
    await reference.close();
    rmSync(directory, { recursive: true });
  }
});
