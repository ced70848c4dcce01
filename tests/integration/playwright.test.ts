import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { loadTarget } from '../../config/target-profile.ts';
import type { Capabilities } from '../../plan/case.ts';
import { fillIn } from '../../report/stand-ins.ts';
import { makePlan, openSession } from '../../runner/session.ts';
import { sweep } from '../../runner/sweep.ts';
import { CONTRACT } from '../../selfcheck/run-suite.ts';
import { answerJson, answerPerfectly, withServer } from '../runner/answers.ts';
import { type Back, headerOf, withProxy } from '../runner/proxy.ts';
import { expectSoundReport, listEverything, withReference } from '../runner/support.ts';
import { against, runPlaywright, type Standalone, type SuiteRun, withStandalone } from './support.ts';

/** Asserts that a run ended before it began, and said why in one sentence. */
function expectOneSentence({ code, output, report }: SuiteRun, sentence: RegExp): void {
  expect(code, output).toBe(1);
  expect(output.match(new RegExp(sentence, 'g')), output).toHaveLength(1);
  expect(output).not.toMatch(/\n\s+at |\.ts:\d+|Error:/);
  if (report) expect(report).toMatchObject({ verdict: 'error', errors: [expect.stringMatching(sentence)] });
}

/** Asserts that neither the output nor any written file holds a token. */
function expectNoToken({ output, files }: SuiteRun, ...tokens: string[]): void {
  for (const [name, text] of Object.entries({ ...files, output })) {
    for (const token of tokens) {
      expect(text.includes(token), name).toBe(false);
      expect(text.includes(Buffer.from(token).toString('base64').slice(0, 20)), name).toBe(false);
    }
  }
}

describe.concurrent('without API_URL', () => {
  // On a machine that is too busy to send more than the 200 requests a second that its bucket regains, 429 is out of reach.
  test('the embedded API is started, tested, found conformant, and ended', async () => {
    const { code, output, report, files, leftovers } = await runPlaywright([]);
    expect(code, output).toBe(0);
    expect(report?.verdict).toBe('conformant');
    expect(report?.target).toMatchObject({ embedded: true, profile: 'reference' });
    expect(report?.findings).toEqual([]);
    if (report) expectSoundReport(report);
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['index.html', 'report.json', 'summary.md', 'badge.json']),
    );
    for (const [name, text] of Object.entries(files)) expect(text.length, name).toBeGreaterThan(50);
    expect(output).toContain('CONFORMANT');
    expect(leftovers).toEqual([]);
    const url = fillIn(report?.target.url ?? '', report?.run.values ?? {});
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api$/);
    await expect(fetch(url)).rejects.toThrow();
  });

  test('--grep runs a part; the rest is named as not run, and the run is incomplete and green', async () => {
    const { code, report, output } = await runPlaywright(['--grep', '@404']);
    expect(code, output).toBe(0);
    expect(report?.verdict).toBe('incomplete');
    expect(report?.statuses['404']).toMatchObject({ outcome: 'pass', applicable: 17, provoked: 17 });
    for (const { status, reason } of report?.untestable ?? [])
      expect({ status, reason }).toEqual({
        status: expect.not.objectContaining({ status: 404 }),
        reason: 'it was not run',
      });
    expect(report?.untestable).toHaveLength(174 - 17);
  });

  test('a deep run prints its seed, and the same seed makes the same requests on all workers', async () => {
    const deep = { CONFORMANCE_GENERATE: 'deep', CONFORMANCE_GENERATE_BUDGET: '2000' };
    const probesOf = ({ report }: SuiteRun) => report?.cells.flatMap(({ probes }) => probes ?? []) ?? [];
    const one = await runPlaywright(['--grep', '@422'], { env: deep });
    expect(one.code, one.output).toBe(0);
    const seed = /CONFORMANCE_GENERATE=deep CONFORMANCE_SEED=(\d+)/.exec(one.output)?.[1] ?? '';
    const two = await runPlaywright(['--grep', '@422'], { env: { ...deep, CONFORMANCE_SEED: seed } });
    expect(two.report?.target.generation).toEqual({ level: 'deep', seed: Number(seed), budget: 2000 });
    expect(probesOf(two)).toEqual(probesOf(one));
    const sent = probesOf(one).reduce((sum, probes) => sum + probes.sent, 0);
    expect(sent).toBeGreaterThan(500);
    expect(sent).toBeLessThanOrEqual(2000);
  });

  test('--list names every cell and reports nothing', async () => {
    const { code, output, files } = await runPlaywright(['--list']);
    expect(code, output).toBe(0);
    expect(output).toContain('GET /sinks/{sink_id_or_name} › 404 Not Found');
    expect(output).toContain('Total: 174 tests');
    expect(output).not.toMatch(/ERROR|Nothing was tested/);
    expect(files).toEqual({});
  });

  test('cells are tagged with their status and their resource', async () => {
    const { output } = await runPlaywright(['--list', '--reporter=json']);
    type Listed = { title: string; specs: { title: string; tags: string[] }[]; suites?: Listed[] };
    const listed = JSON.parse(output) as { suites: Listed[] };
    const operations = listed.suites.flatMap((file) => file.suites ?? []);
    const own = operations.find(({ title }) => title === 'GET /sinks/{sink_id_or_name}');
    const tags = own?.specs.find(({ title }) => title === '404 Not Found')?.tags;
    expect(tags).toEqual(['404', 'sinks']);
  });
});

describe.concurrent('a target that cannot be tested', () => {
  test('is not there', async () => {
    const gone = await withReference({}, async (reference) => reference);
    const run = await runPlaywright([], { env: against(gone) });
    expectOneSentence(run, /The target http:\S+ cannot be reached: .*; check API_URL, and that the API is running\./);
  });

  test.each([404, 401])('answers everything with %i', async (status) => {
    const run = await withServer(
      (_, response) => answerPerfectly(response, status),
      (target) => runPlaywright([], { env: against(target) }),
    );
    expectOneSentence(
      run,
      status === 401 ? /The token is not accepted: .*\./ : /API_URL is not the base URL of this API: .*\./,
    );
  });

  test('answers everything with 200', async () => {
    const run = await withServer(
      (_, response) => answerJson(response, {}),
      (target) => runPlaywright([], { env: against(target) }),
    );
    expectOneSentence(run, /API_URL is not this API: .*\./);
  });

  test('has another token', async () => {
    const run = await withReference({}, ({ url }) =>
      runPlaywright([], { env: { API_URL: url, API_TOKEN: 'not-this-one-4711' } }),
    );
    expectOneSentence(run, /The token is not accepted: .*\./);
    expectNoToken(run, 'not-this-one-4711');
  });
});

describe.concurrent('a wrong setting is one sentence, and nothing else happens', () => {
  test.each([
    [{ CONFORMANCE_ALLOW: 'foo' }, 'CONFORMANCE_ALLOW names "foo"; expected read, reject, write, load, fault, or all.'],
    [{ CONFORMANCE_TYPO: '1' }, 'CONFORMANCE_TYPO is not a setting; the settings are CONFORMANCE_TARGET, '],
    [{ API_URL: 'http://127.0.0.1:9' }, 'API_TOKEN is not set; with API_URL the suite needs an ordinary API token.'],
  ])('%o', async (env, sentence) => {
    const { code, output, files } = await runPlaywright([], { env: env as Record<string, string> });
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([expect.stringContaining(sentence)]);
    expect(files).toEqual({});
  });
});

describe.concurrent('the reference as a process of its own', () => {
  const settings = (reference: Standalone) => ({
    ...against(reference),
    API_RESTRICTED: reference.restricted,
    CONFORMANCE_ALLOW: 'all',
    CONFORMANCE_FAULTS: 'reference',
  });
  const partly = ['--grep', '@sinks|@http_endpoints'];

  test('of which nothing else is known: 500, 501 and 504 are simulated, and the run is incomplete', async () => {
    const [run, reference] = await withStandalone(
      async (own) => [await runPlaywright(partly, { env: settings(own) }), own] as const,
    );
    const { code, report, output } = run;
    expect(code, output).toBe(0);
    expect(report?.verdict).toBe('incomplete');
    expect(report?.target).toMatchObject({ embedded: false, profile: 'generic', faults: 'reference' });
    for (const status of [500, 501, 504])
      expect(report?.statuses[status]).toMatchObject({ provoked: 0, simulated: 10, error: 0 });
    expect(report?.statuses[429]).toMatchObject({ provoked: 10, conforming: 10, simulated: 0 });
    expect(report?.statuses[403]).toMatchObject({ provoked: 3, conforming: 3 });
    expect(report?.findings).toEqual([]);
    if (report) expectSoundReport(report);
    expectNoToken(run, reference.token, reference.adminToken);
  });

  test('of which every error is required: incomplete is then red', async () => {
    const env = { CONFORMANCE_REQUIRE: 'all' };
    const { code, report } = await withStandalone((reference) =>
      runPlaywright(['--grep', '@403'], { env: { ...settings(reference), ...env } }),
    );
    expect(code).toBe(1);
    expect(report?.verdict).not.toBe('conformant');
  });

  test('with the profile of the reference: conformant', async () => {
    const [run, reference] = await withStandalone(async (own) => {
      const env = { ...settings(own), API_RESTRICTED: '', CONFORMANCE_TARGET: 'reference', CONFORMANCE_REQUIRE: 'all' };
      return [await runPlaywright([], { env }), own] as const;
    });
    expect(run.code, run.output).toBe(0);
    expect(run.report?.verdict).toBe('conformant');
    expectNoToken(run, reference.token, reference.adminToken);
  });
});

describe.concurrent('a server that writes the token back', () => {
  test('does not get it into any file or into the output', async () => {
    const [token, adminToken] = ['canary-4af81c2e9d', 'canary-admin-77b0de51'];
    const run = await withReference({ token, adminToken }, (reference) => {
      const answer = (back: { status: number; body: Buffer | string; headers: object }, given: string) => ({
        status: back.status,
        headers: { ...back.headers, 'set-cookie': `session=${given}`, 'x-echo': given },
        body: back.status < 400 ? back.body : JSON.stringify({ summary: `${given} ${token} ${adminToken}` }),
      });
      const rules = {
        answer: (back: Parameters<typeof answer>[0], passing: Parameters<typeof headerOf>[0]) =>
          answer(back, headerOf(passing, 'authorization') ?? ''),
      };
      return withProxy(reference, rules, (proxy) =>
        runPlaywright(['--grep', '(?=.*@40[134])(?=.*@http_endpoints)'], { env: against(proxy) }),
      );
    });
    expect(run.report?.findings.map((finding) => finding.check)).toContain('credential-not-echoed');
    expectNoToken(run, token, adminToken, 'canary');
  });
});

/** Sends a signal once so many requests went through. Once only: a second one tells Playwright to go at once. */
function killAfter(child: ChildProcess, proxy: { passed: unknown[] }, requests: number, signal: NodeJS.Signals): void {
  const timer = setInterval(() => {
    if (proxy.passed.length < requests) return;
    clearInterval(timer);
    child.kill(signal);
  }, 10);
  child.on('exit', () => clearInterval(timer));
}

describe.concurrent('a run that is killed', () => {
  test('cannot clean up; the next one does, once its mark is an hour old by the clock of the server', async () => {
    await withReference({}, async (reference) => {
      const before = await listEverything(reference);
      await withProxy(reference, {}, async (proxy) => {
        const env = { ...against(proxy), CONFORMANCE_ALLOW: 'all', CONFORMANCE_TARGET: 'reference' };
        await runPlaywright([], { env, during: (child) => killAfter(child, proxy, 400, 'SIGKILL') });
        // Workers notice that they are alone, and end.
        for (let seen = -1; seen !== proxy.passed.length; await sleep(500)) seen = proxy.passed.length;
      });
      expect(await listEverything(reference)).not.toEqual(before);
      const profile = loadTarget('reference');
      const capabilities: Capabilities = { allow: ['read', 'write'], tokenInUrl: false, admin: false, profile };
      const plan = makePlan(CONTRACT, capabilities, ['contract']);
      const session = openSession(plan, reference, { timeoutMs: 5000, concurrency: 4 });
      expect(await sweep(session)).toEqual({ found: 0, left: [], notes: [] });
      expect(await listEverything(reference)).not.toEqual(before);
      const later = (back: Back): Back => {
        const date = new Date(Date.now() + 62 * 60_000).toUTCString();
        return { ...back, headers: { ...back.headers, date } };
      };
      await withProxy(reference, { answer: later }, async (proxy) => {
        const next = openSession(plan, proxy, { timeoutMs: 5000, concurrency: 4 });
        expect(await sweep(next)).toMatchObject({ left: [], notes: [] });
      });
      expect(await listEverything(reference)).toEqual(before);
    });
  });
});

describe.concurrent('an interrupted run', () => {
  test.each([
    ['SIGINT', 'while its objects are being made', 40],
    ['SIGINT', 'in the middle', 400],
    ['SIGTERM', 'in the middle', 400],
  ] as const)('by %s %s leaves nothing behind, and says so', async (signal, _, requests) => {
    await withReference({}, async (reference) => {
      const before = await listEverything(reference);
      const { run, sent } = await withProxy(reference, {}, async (proxy) => {
        const env = { ...against(proxy), CONFORMANCE_ALLOW: 'all', CONFORMANCE_TARGET: 'reference' };
        const result = await runPlaywright([], {
          env,
          during: (child) => killAfter(child, proxy, requests, signal),
        });
        return { run: result, sent: proxy.passed.length };
      });
      expect(sent).toBeGreaterThanOrEqual(requests);
      expect(run.code).not.toBe(0);
      expect(run.report, `${run.code} ${run.output}`).toMatchObject({
        verdict: 'error',
        errors: ['the run was interrupted'],
      });
      expect(run.leftovers).toEqual([]);
      expect(await listEverything(reference)).toEqual(before);
    });
  });
});
