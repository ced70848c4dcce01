import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startReference } from '../../../reference/server.ts';
import { startStorageNode } from '../../../reference/storage-node.ts';
import type { Report } from '../../../report/report.ts';
import { QUIET, type RunOptions, runSuite } from '../../../selfcheck/run-suite.ts';
import { withProfile } from '../../support/profile.ts';
import { TOXIPROXIES, type Toxiproxy, withToxiproxy } from '../../support/toxiproxy.ts';
import { type Back, type Passing, perfect, withProxy } from '../proxy.ts';
import { expectSoundReport, listEverything, withReference } from '../support.ts';

const ENDPOINTS: RunOptions = { tags: ['http_endpoints'], allow: QUIET };
const directory = mkdtempSync(join(tmpdir(), 'switch-'));
afterAll(() => rmSync(directory, { recursive: true }));

type Switches = (toxiproxy: Toxiproxy) => object[];

/** Runs the suite on a reference whose storage lies behind Toxiproxy, and looks at the proxy afterwards. */
function runStaged(kind: string, switches: Switches, options: RunOptions = ENDPOINTS): Promise<[Report, object]> {
  return withToxiproxy(kind, async (toxiproxy) => {
    const node = await startStorageNode();
    const storage = await toxiproxy.addProxy('storage', node.address);
    const reference = await startReference({ storage, upstreamTimeoutMs: 1000 });
    try {
      const report = await withProfile({ switches: switches(toxiproxy) }, (profile) =>
        runSuite(reference, { ...options, profile }),
      );
      expectSoundReport(report);
      return [report, await toxiproxy.look('storage')];
    } finally {
      await reference.close();
      await node.close();
    }
  });
}

const onStorage = (url: string, status: number, title: string, fault: object, rest: object = {}) => ({
  status,
  operations: 'all',
  title,
  toxiproxy: { url, proxy: 'storage', ...fault },
  ...rest,
});
const outcomesOf = (report: Report, status: number) =>
  report.cells.filter((cell) => cell.status === status && cell.outcome !== 'not-applicable');

describe.each(TOXIPROXIES)('a dependency that fails (Toxiproxy: %s)', (kind) => {
  test('is slow, cut, reset, or gone in the middle of an answer: organic 504 and 500, and all is off again', async () => {
    const [report, after] = await runStaged(kind, ({ url }) => [
      onStorage(url, 504, 'the storage is silent', { toxic: { type: 'timeout', attributes: { timeout: 0 } } }),
      onStorage(url, 504, 'the storage is slow', { toxic: { type: 'latency', attributes: { latency: 60_000 } } }),
      onStorage(url, 504, 'the storage resets', { toxic: { type: 'reset_peer', attributes: { timeout: 0 } } }),
      onStorage(url, 504, 'the storage is gone', { cut: true }),
      onStorage(url, 500, 'the storage breaks off', { toxic: { type: 'limit_data', attributes: { bytes: 20 } } }),
    ]);
    expect(after).toEqual({ enabled: true, toxics: [] });
    expect(report.errors).toEqual([]);
    expect(report.findings).toEqual([]);
    for (const status of [500, 504]) {
      const cells = outcomesOf(report, status);
      expect(cells).toHaveLength(5);
      for (const cell of cells) expect(cell).toMatchObject({ outcome: 'pass', provenance: 'organic' });
    }
    const [cell] = outcomesOf(report, 504);
    expect(cell?.cases.map(({ id, actual }) => `${id} ${actual}`)).toEqual([
      'fault-switch-504:1 504',
      'fault-switch-504:2 504',
      'fault-switch-504:3 504',
      'fault-switch-504:4 504',
    ]);
  });
});

describe('a switch', () => {
  const cut = ({ url }: Toxiproxy) => onStorage(url, 504, 'the storage is gone', { cut: true });

  test('is not thrown where faults are not allowed', async () => {
    const allow = QUIET.filter((danger) => danger !== 'fault');
    const unreachable = { url: 'http://127.0.0.1:9' } as Toxiproxy;
    const [report] = await runStaged('a stand-in', () => [cut(unreachable)], { ...ENDPOINTS, allow });
    for (const cell of outcomesOf(report, 504))
      expect(cell).toMatchObject({ outcome: 'untestable', reason: expect.stringContaining('class "fault"') });
    expect(report.errors).toEqual([]);
  });

  test('under which the API answers wrongly convicts it', async () => {
    const [report] = await runStaged('a stand-in', ({ url }) => [
      onStorage(url, 500, 'the storage is gone', { cut: true }),
    ]);
    expect(report.verdict).toBe('non-conformant');
    for (const cell of outcomesOf(report, 500)) expect(cell).toMatchObject({ outcome: 'fail', provenance: 'organic' });
    expect(report.findings.map((each) => each.provenance)).toContain('organic');
  });

  test('that makes no difference provokes nothing', async () => {
    const harmless = { toxic: { type: 'latency', attributes: { latency: 0 } } };
    const [report] = await runStaged('a stand-in', ({ url }) => [onStorage(url, 504, 'nothing happens', harmless)]);
    for (const cell of outcomesOf(report, 504))
      expect(cell).toMatchObject({
        outcome: 'untestable',
        reason: expect.stringMatching(/^the fault "nothing happens" makes no difference here: answered \d+ with it/),
      });
  });

  test('that cannot be thrown is an error in one sentence, and the next one is tried', async () => {
    const [report, after] = await runStaged('a stand-in', (toxiproxy) => [
      onStorage(toxiproxy.url, 500, 'of no kind', { toxic: { type: 'no_such_toxic' } }),
      cut(toxiproxy),
    ]);
    const reason = /^The fault "of no kind" could not be switched on: Toxiproxy at \S+ answered 400 .*toxic type\.$/;
    for (const cell of outcomesOf(report, 500))
      expect(cell).toMatchObject({ outcome: 'error', reason: expect.stringMatching(reason) });
    for (const cell of outcomesOf(report, 504)) expect(cell.outcome).toBe('pass');
    expect(after).toEqual({ enabled: true, toxics: [] });
  });

  const command = (rest: object) => ({ status: 500, operations: 'all', title: 'by command', ...rest });
  const touch = (name: string, code = 0) => [
    process.execPath,
    '-e',
    `require('node:fs').appendFileSync(process.argv[1], '${name} '); process.exit(${code})`,
  ];

  test('by a command that fails half way is switched off all the same', async () => {
    const log = join(directory, 'half-way');
    const by = { on: [...touch('on', 3), log], off: [...touch('off'), log] };
    const [report] = await runStaged('a stand-in', () => [command({ command: by })]);
    expect(readFileSync(log, 'utf8')).toBe('off on off ');
    for (const cell of outcomesOf(report, 500))
      expect(cell).toMatchObject({ outcome: 'error', reason: expect.stringMatching(/ended with exit code 3\.$/) });
    expect(report.errors).toEqual([]);
  });

  test('that stays on ends the run: tried again, named in one sentence, and nothing else is switched', async () => {
    const [log, later] = [join(directory, 'stays-on'), join(directory, 'later')];
    const stuck = { on: [...touch('on'), log], off: [...touch('off', 1), log] };
    const next = { on: [...touch('on'), later], off: [...touch('off'), later] };
    const [report] = await runStaged('a stand-in', () => [command({ command: stuck }), command({ command: next })]);
    expect(readFileSync(log, 'utf8')).toBe('off on off off ');
    expect(readFileSync(later, 'utf8')).toBe('off ');
    expect(report.verdict).toBe('error');
    expect(report.errors).toContainEqual(expect.stringMatching(/^The fault "by command" could not be switched off: /));
  });
});

test('what was made although the answer was an error is removed at the end', async () => {
  const file = join(directory, 'answers-lost');
  const by = (code: string) => [process.execPath, '-e', `require('node:fs').${code}`];
  const command = { on: by(`writeFileSync('${file}', '')`), off: by(`rmSync('${file}', { force: true })`) };
  const switches = [{ status: 504, operations: 'all', title: 'answers get lost', command }];
  await withReference({}, async (reference) => {
    const before = await listEverything(reference);
    const lost = perfect(504);
    await withProxy(reference, { answer: (back) => (existsSync(file) ? lost : back) }, async (proxy) => {
      const made = () => proxy.passed.filter(({ method, status }) => method === 'POST' && status === 504).length;
      const report = await withProfile({ switches }, (profile) =>
        runSuite(proxy, {
          tags: ['sinks', 'backfills', 'http_endpoints', 'postgres_databases'],
          allow: QUIET,
          profile,
        }),
      );
      expect(made()).toBeGreaterThan(0);
      expect(report.errors).toEqual([]);
    });
    expect(await listEverything(reference)).toEqual(before);
  });
});

test('a control that a gateway answered does not hold, though its status would do', async () => {
  const page = { status: 404, headers: { server: 'nginx' }, body: '<html>' };
  const request = (passing: Passing) => (passing.method === 'DELETE' ? { answer: page } : passing);
  const gateway = [{ headers: { Server: 'nginx' } }];
  const faults = [{ status: 504, operations: 'all', title: 'remote', headers: { 'X-Account': 'remote' } }];
  const report = await withReference({}, (reference) =>
    withProxy(reference, { request }, (proxy) =>
      withProfile({ faults, gateway }, (profile) =>
        runSuite(proxy, { tags: ['http_endpoints'], allow: ['read', 'reject', 'fault'], profile }),
      ),
    ),
  );
  const control = report.controls.find(({ id }) => id === 'deleteHttpEndpoint:unknown id:not-504');
  expect(control).toMatchObject({
    held: false,
    actual: 404,
    reason: expect.stringContaining('got 404 from the gateway'),
  });
  expect(outcomesOf(report, 504).find(({ operation }) => operation === 'deleteHttpEndpoint')?.outcome).toBe('error');
});

/** The report of a run whose only fault is that nothing at all is answered while it is on, and how many requests met it. */
async function silence(status: number) {
  const file = join(directory, `silent-${status}`);
  const by = (code: string) => [process.execPath, '-e', `require('node:fs').${code}`];
  const command = { on: by(`writeFileSync('${file}', '')`), off: by(`rmSync('${file}', { force: true })`) };
  const switches = [{ status, operations: 'all', title: 'all is silent', command }];
  let met = 0;
  const answer = (back: Back) => {
    if (!existsSync(file)) return back;
    met += 1;
    return new Promise<Back>(() => {});
  };
  const report = await withReference({}, (reference) =>
    withProxy(reference, { answer }, (proxy) =>
      withProfile({ switches }, (profile) => runSuite(proxy, { ...ENDPOINTS, profile, timeoutMs: 500 })),
    ),
  );
  expect(report.errors).toEqual([]);
  return { report, met };
}

test('an API that answers nothing while a fault is on is convicted of that, and tested on when it is off', async () => {
  const { report } = await silence(500);
  for (const cell of outcomesOf(report, 500)) expect(cell).toMatchObject({ outcome: 'fail', provenance: 'organic' });
  expect(
    report.findings.map(({ actual, evidence }) => [actual, report.evidence[evidence]?.exchange.failure?.kind]),
  ).toEqual(report.findings.map(() => [null, 'timeout']));
});

test('a 504 that comes later than the deadline, if ever, is untested, and one request of all operations waits for it', async () => {
  const { report, met } = await silence(504);
  expect(report.findings).toEqual([]);
  const reasons = outcomesOf(report, 504).map(({ outcome, reason }) => `${outcome}: ${reason}`);
  expect(reasons).toHaveLength(5);
  for (const reason of reasons)
    expect(reason).toMatch(/^untestable: .*no response before the deadline of 500 ms \(CONFORMANCE_TIMEOUT_MS\)/);
  expect(met).toBe(1);
});

test('an API that does not recover is an error of the run, and what was answered meanwhile counts for nothing', async () => {
  const file = join(directory, 'broken');
  const set = (value: string) => [process.execPath, '-e', `require('node:fs').appendFileSync('${file}', '${value}')`];
  const fault = { status: 500, operations: 'all', title: 'for good', recoverMs: 300 };
  const switches = [{ ...fault, command: { on: set('x'), off: [process.execPath, '-e', ''] } }];
  await withReference({}, (reference) =>
    withProxy(
      reference,
      {
        answer: (back) =>
          existsSync(file) ? { ...back, status: 500, body: JSON.stringify({ summary: 'broken for good' }) } : back,
      },
      async (proxy) => {
        const report = await withProfile({ switches }, (profile) => runSuite(proxy, { ...ENDPOINTS, profile }));
        expect(report.verdict).toBe('error');
        expect(report.errors[0]).toMatch(
          /^The API was not as before 0\.3 s after the fault "for good" was off: GET \/\S+ is answered 500\.$/,
        );
        for (const cell of outcomesOf(report, 500))
          expect(cell).toMatchObject({ outcome: 'error', reason: report.errors[0] });
      },
    ),
  );
});
