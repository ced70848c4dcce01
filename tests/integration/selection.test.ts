import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withProxy } from '../runner/proxy.ts';
import { withReference } from '../runner/support.ts';
import { against, runPlaywright, withStandalone } from './support.ts';

const REPORTER = './reporters/conformance-reporter.ts';

/** Which cells a report has an outcome for. */
const provoked = (report: { cells: { operation: string; status: number; outcome: string }[] } | undefined) =>
  (report?.cells ?? [])
    .filter(({ outcome }) => ['pass', 'warn', 'fail'].includes(outcome))
    .map(({ operation, status }) => `${operation} ${status}`);

const isWrong = (status: number, operation?: string) => status === 401 && operation === 'listSinks';

describe.concurrent('what a Playwright user expects', () => {
  test('--grep of one cell: nothing is sent for another', async () => {
    await withReference({}, (reference) =>
      withProxy(reference, {}, async (proxy) => {
        const env = { ...against(proxy), CONFORMANCE_ALLOW: 'read,reject,write', CONFORMANCE_TARGET: 'reference' };
        const { code, report, output } = await runPlaywright(['--grep', 'GET /destinations/http_endpoints 401'], {
          env,
        });
        expect(code, output).toBe(0);
        expect(provoked(report)).toEqual(['listHttpEndpoints 401']);
        const changed = proxy.passed.filter(({ method }) => !['GET', 'HEAD'].includes(method));
        expect(new Set(changed.map(({ target }) => target.split('/')[2]))).toEqual(new Set(['destinations']));
        expect(proxy.passed.length).toBeLessThan(60);
      }),
    );
  });

  test('--repeat-each provokes each cell so many times, and the report keeps all of them', async () => {
    const { code, report, output } = await runPlaywright(['--grep', 'GET /sinks 401', '--repeat-each', '3']);
    expect(code, output).toBe(0);
    const cell = report?.cells.find(({ operation, status }) => operation === 'listSinks' && status === 401);
    expect(cell).toMatchObject({
      outcome: 'pass',
      attempts: [{ outcome: 'pass' }, { outcome: 'pass' }, { outcome: 'pass' }],
    });
  });

  test('--retries provokes a failed cell anew; what is found each time fails the run all the same', async () => {
    await withStandalone(
      async (reference) => {
        const args = ['--grep', 'GET /destinations/http_endpoints 401', '--retries', '1'];
        const { code, report, output } = await runPlaywright(args, { env: against(reference) });
        expect(code, output).toBe(1);
        const cell = report?.cells.find(({ operation, status }) => operation === 'listHttpEndpoints' && status === 401);
        expect(cell).toMatchObject({ outcome: 'fail', attempts: [{ outcome: 'fail' }, { outcome: 'fail' }] });
        expect(report?.findings.every(({ intermittent }) => intermittent === undefined)).toBe(true);
      },
      ['--mutant', 'status-401-as-403'],
    );
  });

  test('--max-failures ends the run early, red', async () => {
    await withStandalone(
      async (reference) => {
        const { code, report } = await runPlaywright(['--max-failures', '2', '--grep', '@401'], {
          env: against(reference),
        });
        expect(code).toBe(1);
        const failed = report?.cells.filter(({ outcome }) => outcome === 'fail') ?? [];
        expect(failed.length).toBeGreaterThanOrEqual(2);
        expect(failed.length).toBeLessThan(22);
      },
      ['--mutant', 'status-401-as-403'],
    );
  });

  test('--last-failed runs what failed, and nothing is sent for the rest', async () => {
    const output = mkdtempSync(join(tmpdir(), 'ecc-last-'));
    await withReference(
      {
        alteration: {
          answer: (answer, { operation }) => ({
            ...answer,
            status: isWrong(answer.status, operation) ? 403 : answer.status,
          }),
        },
      },
      async (reference) => {
        const args = ['--grep', '@401', '--output', output];
        const first = await runPlaywright(args, { env: against(reference) });
        expect(first.report?.cells.filter(({ outcome }) => outcome === 'fail')).toHaveLength(1);
        const second = await runPlaywright([...args, '--last-failed'], { env: against(reference) });
        expect(second.code).toBe(1);
        expect(provoked(second.report)).toEqual(['listSinks 401']);
        expect(second.report?.exchanges).toBeLessThan(40);
      },
    );
    rmSync(output, { recursive: true });
  });

  test('--workers 1 and 4 make the same report', async () => {
    const [one, four] = await Promise.all(
      ['1', '4'].map((workers) => runPlaywright(['--grep', '@403', '--workers', workers])),
    );
    expect(provoked(one?.report)).toEqual(provoked(four?.report));
    expect(provoked(one?.report)).toHaveLength(16);
  });

  test('another reporter alone: the cells run as they are asked for, and one line says that there is no verdict', async () => {
    const { code, output, files } = await runPlaywright(['--reporter=list', '--grep', '@401|@429']);
    expect(code, output).toBe(0);
    // A machine that is busy with something else may not be fast enough for the limit.
    expect(output).toMatch(/^ *(?:4\d|3[5-9]) passed/m);
    expect(output).not.toMatch(/ failed/);
    expect(output.match(/gives no verdict/g)).toHaveLength(1);
    expect(files).toEqual({});
  });

  test('other reporters beside this one change neither verdict nor exit code', async () => {
    await withStandalone(
      async (reference) => {
        const env = { ...against(reference), PLAYWRIGHT_HTML_OPEN: 'never' };
        const places = (directory: string) => ({
          ...env,
          PLAYWRIGHT_JUNIT_OUTPUT_FILE: `${directory}/junit.xml`,
          PLAYWRIGHT_HTML_OUTPUT_DIR: `${directory}/html`,
          PLAYWRIGHT_BLOB_OUTPUT_DIR: `${directory}/blob`,
        });
        const alone = await runPlaywright(['--grep', '@401|@404'], { env });
        const beside = await runPlaywright(['--grep', '@401|@404', `--reporter=${REPORTER},list,html,junit,blob`], {
          env: places,
        });
        expect([beside.code, beside.report?.verdict]).toEqual([alone.code, alone.report?.verdict]);
        expect(alone.report?.verdict).toBe('non-conformant');
        const found = (run: typeof alone) =>
          run.report?.findings.map((each) => `${each.check} ${each.operation} ${each.case}`);
        expect(found(beside)).toEqual(found(alone));
      },
      ['--mutant', 'status-401-as-403'],
    );
  });
});
