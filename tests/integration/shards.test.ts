import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../report/report.ts';
import { answerPerfectly, withServer } from '../runner/answers.ts';
import { type Back, withProxy } from '../runner/proxy.ts';
import { expectSoundReport, withReference } from '../runner/support.ts';
import { makeDirectory } from '../support/make-directory.ts';
import { readTree } from './project-copy.ts';
import {
  against,
  cleanEnv,
  command,
  ROOT,
  runPlaywright,
  type SuiteOptions,
  type SuiteRun,
  withStandalone,
} from './support.ts';

/** A few cells, for what does not depend on which. */
const FEW = ['--grep', '(?=.*@40[14])(?=.*@http_endpoints)'];

/** Runs one shard, which leaves its blob in the directory. */
function runShard(blobs: string, shard: string, options: SuiteOptions, args: string[] = []): Promise<SuiteRun> {
  const file = join(blobs, `report-${shard.replace('/', '-of-')}.zip`);
  const env = { CONFORMANCE_RUN: 'one', ...options.env, PLAYWRIGHT_BLOB_OUTPUT_FILE: file };
  return runPlaywright([`--shard=${shard}`, '--reporter=./reporters/conformance-reporter.ts,blob', ...args], {
    ...options,
    env,
  });
}

/** Merges what is in a directory, without any setting of the run. */
async function merge(blobs: string, env: Record<string, string> = {}) {
  const out = makeDirectory();
  const done = await command(['merge', blobs, out], env);
  return { ...done, read: () => readReportOf(out), out };
}

function readReportOf(directory: string): Report {
  return JSON.parse(readFileSync(join(directory, 'report.json'), 'utf8')) as Report;
}

/** What must be the same in two runs: all but times, names, ids, and the exchanges and statuses that hang on them. */
function essence(report: Report): unknown {
  const { run: _, evidence: __, environment: ___, target, cells, controls, findings, retries, ...rest } = report;
  const text = JSON.stringify({
    ...rest,
    target: { ...target, url: '' },
    cells: cells.map(({ sample, probes, ...cell }) => ({
      ...cell,
      sample: sample !== undefined,
      // A name that another probe has just taken is refused, so that which status came may differ in one of a hundred.
      probes: probes?.sent,
    })),
    controls: controls.map(({ evidence, ...control }) => ({ ...control, evidence: evidence !== undefined })),
    findings: findings.map(({ evidence: _evidence, ...finding }) => finding),
    retries: { connections: retries.connections },
  });
  return JSON.parse(text);
}

const everything = { CONFORMANCE_ALLOW: 'all', CONFORMANCE_TARGET: 'reference' };

describe('four shards, merged', () => {
  test('are the run without shards; without one of them the run is an error that names it', async () => {
    const blobs = makeDirectory();
    const shards = await withStandalone(async (reference) => {
      const env = { ...against(reference), ...everything, CONFORMANCE_REQUIRE: 'all' };
      const runs = await Promise.all(['1/4', '2/4', '3/4'].map((shard) => runShard(blobs, shard, { env })));
      // After the others: it has the planned 429.
      return [...runs, await runShard(blobs, '4/4', { env })];
    });
    for (const { code, output, leftovers } of shards) expect([code, leftovers], output).toEqual([0, []]);
    const whole = await withStandalone((reference) =>
      runPlaywright([], { env: { ...against(reference), ...everything } }),
    );
    const merged = await merge(blobs);
    expect([merged.code, whole.code], merged.output).toEqual([0, 0]);
    const report = merged.read();
    expectSoundReport(report);
    expect(report.verdict).toBe('conformant');
    expect(essence(report)).toEqual(essence(whole.report as Report));

    const part = makeDirectory();
    for (const number of [1, 2, 4]) copyFileSync(join(blobs, `report-${number}-of-4.zip`), join(part, `${number}.zip`));
    const partly = await merge(part);
    expect(partly.code).toBe(1);
    expect(partly.read()).toMatchObject({ verdict: 'error', errors: ['shard 3 of 4 is missing'] });
    // All of 429 is in one of them.
    expect(partly.read().statuses[429]).toMatchObject({ outcome: 'pass', provoked: 22 });
  });

  test('keep all cells of 429 in one shard, also where Playwright divides files', async () => {
    // So many shards that the cells of 429 are more than the share of one.
    const listed = await Promise.all(
      [11, 12].map((shard) => runPlaywright(['--list', '--fully-parallel', `--shard=${shard}/12`])),
    );
    const counts = listed.map(({ output }) => output.match(/› 429 Too Many Requests/g)?.length ?? 0);
    expect(counts).toEqual([22, 0]);
  });
});

describe('a broken API in shards', () => {
  test('is red in the merge, and what is known already is green there', async () => {
    const blobs = makeDirectory();
    const rules = { answer: (back: Back) => (back.status === 404 ? { ...back, body: '{"oops":1}' } : back) };
    await withReference({}, (reference) =>
      withProxy(reference, rules, async (proxy) => {
        for (const shard of ['1/2', '2/2']) await runShard(blobs, shard, { env: against(proxy) }, FEW);
      }),
    );
    const red = await merge(blobs);
    expect(red.code, red.output).toBe(1);
    expect(red.read()).toMatchObject({ verdict: 'non-conformant', errors: [] });
    expect(red.output).not.toMatch(/Error:|\n\s+at /);
    const since = { CONFORMANCE_BASELINE: join(red.out, 'report.json'), CONFORMANCE_FAIL_ON: 'new' };
    const known = await merge(blobs, since);
    expect(known.code, known.output).toBe(0);
    expect(known.read().changes).toMatchObject({ new: [], fixed: [], lost: [] });
  });
});

describe('a blob', () => {
  test('holds no token, and Playwright itself merges it, with the same exit code', async () => {
    const [blobs, token] = [makeDirectory(), 'canary-4af81c2e9d'];
    const run = (env: Record<string, string>) => runShard(blobs, '1/1', { env }, FEW);
    await withReference({ token }, (reference) =>
      run({ ...against(reference), CONFORMANCE_HEADERS: '{"X-A":"canary"}' }),
    );
    const args = ['merge-reports', '--config=merge.config.ts', blobs];
    const env = { ...cleanEnv(), CONFORMANCE_REPORT_DIR: join(blobs, 'report') };
    const { status } = spawnSync(process.execPath, ['node_modules/@playwright/test/cli.js', ...args], {
      cwd: ROOT,
      env,
    });
    expect(status).toBe(0);
    expect(readReportOf(join(blobs, 'report'))).toMatchObject({ verdict: 'incomplete', errors: [] });
    // It is unpacked where it lies; what tests carry are files of their own, and short texts in base64.
    const text = readTree(blobs)
      .map(({ bytes }) => bytes.toString('utf8'))
      .join('\n')
      .replaceAll(/"base64":"([^"]*)"/g, (_, body: string) => atob(body));
    expect(text).toContain('"operation":"getHttpEndpoint"');
    expect(text).not.toContain('canary');
    expect(text).not.toContain(btoa(token).slice(0, 20));
  });
});

describe('a shard alone', () => {
  test('is green, says what it is, and what to do with it', async () => {
    const blobs = makeDirectory();
    const env = { CONFORMANCE_REQUIRE: 'all', PLAYWRIGHT_BLOB_OUTPUT_FILE: join(blobs, '1.zip') };
    const reporters = '--reporter=./reporters/conformance-reporter.ts,blob';
    const { code, output, report } = await withReference({}, (reference) =>
      runPlaywright(['--shard=1/2', reporters, ...FEW], { env: { ...against(reference), ...env } }),
    );
    expect(code, output).toBe(0);
    expect(report?.reasons[0]).toMatch(/^this is shard 1 of 2, and only a part of the run: merge .* npm run merge$/);
    expect(report?.untestable.map(({ reason }) => reason)).toContain('it was not run in this shard');
    const merged = await merge(blobs);
    expect(merged.read()).toMatchObject({ verdict: 'error', errors: ['shard 2 of 2 is missing'] });
  });
});

describe('shards that did not end well', () => {
  test('because they were interrupted', async () => {
    const blobs = makeDirectory();
    await withReference({}, (reference) =>
      withProxy(reference, {}, async (proxy) => {
        const env = { ...against(proxy), ...everything };
        await runShard(blobs, '1/2', { env }, FEW);
        await runShard(blobs, '2/2', {
          env,
          during: (child) => {
            const before = proxy.passed.length;
            const timer = setInterval(() => {
              if (proxy.passed.length <= before + 300) return;
              // Once only: a second signal tells Playwright to go at once.
              clearInterval(timer);
              child.kill('SIGINT');
            }, 10);
            child.on('exit', () => clearInterval(timer));
          },
        });
      }),
    );
    const { code, output, read } = await merge(blobs);
    expect(code).toBe(1);
    expect(read, output).not.toThrow();
    expect(read()).toMatchObject({ verdict: 'error', errors: ['shard 2 of 2 was interrupted'] });
  });

  test('because the target cannot be tested: that is said once', async () => {
    const blobs = makeDirectory();
    await withServer(
      (_, response) => answerPerfectly(response, 404),
      (target) => Promise.all(['1/2', '2/2'].map((shard) => runShard(blobs, shard, { env: against(target) }))),
    );
    const { code, read } = await merge(blobs);
    expect(code).toBe(1);
    expect(read()).toMatchObject({ verdict: 'error' });
    expect(read().errors).toEqual([
      expect.stringMatching(/^API_URL is not the base URL of this API: /),
      'shard 1 of 2 ended before its first test',
      'shard 2 of 2 ended before its first test',
    ]);
  });
});

describe('blobs that are no run: one sentence, and no report', () => {
  test('of two runs, of other settings, of a shard twice', async () => {
    const [blobs, other] = [makeDirectory(), makeDirectory()];
    const cases: [string, string, Record<string, string>, string][] = [
      ['2/2', 'runs', { CONFORMANCE_RUN: 'two' }, 'The blobs are of two runs, "one" and "two"; '],
      ['2/2', 'settings', { CONFORMANCE_COUNT: 'http' }, 'The shards did not run with the same CONFORMANCE_COUNT: '],
      ['1/2', 'twice', {}, 'Shard 1 of 2 is there twice; '],
      ['2/3', 'totals', {}, 'The blobs are of a run of 2 shards and of one of 3; '],
    ];
    const token = 'canary-4af81c2e9d';
    await withReference({ token }, async (reference) => {
      const env = against(reference);
      await runShard(blobs, '1/2', { env }, FEW);
      for (const [shard, name, change] of cases) {
        mkdirSync(join(other, name));
        copyFileSync(join(blobs, 'report-1-of-2.zip'), join(other, name, 'first.zip'));
        await runShard(join(other, name), shard, { env: { ...env, ...change } }, FEW);
      }
    });
    mkdirSync(join(other, 'copy'));
    for (const name of ['a', 'b']) copyFileSync(join(blobs, 'report-1-of-2.zip'), join(other, 'copy', `${name}.zip`));
    mkdirSync(join(other, 'cut'));
    writeFileSync(join(other, 'cut', 'a.zip'), readFileSync(join(blobs, 'report-1-of-2.zip')).subarray(0, 2000));
    mkdirSync(join(other, 'empty'));
    const all = [
      ...cases.map(([, name, , sentence]) => [name, sentence]),
      ['copy', 'One of the blobs is there twice; '],
    ];
    for (const [name = '', sentence = ''] of [...all, ['cut', '"a.zip" is no whole .zip file; '], ['empty', '"']]) {
      const { code, output, read } = await merge(join(other, name));
      expect([code, output.trim()], name).toEqual([1, expect.stringMatching(/^[^\n]*; expected [^\n]*\.$/)]);
      expect(output).toContain(sentence);
      expect(read, name).toThrow('ENOENT');
    }
  });

  test('and no directory at all', async () => {
    expect(await command(['merge'])).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^The directory of the blobs/),
    });
  });
});
