import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withProxy } from '../runner/proxy.ts';
import { listEverything, withReference } from '../runner/support.ts';
import { makeDirectory } from '../support/make-directory.ts';
import { withProjectCopy } from './project-copy.ts';
import { against, runPlaywright, type SuiteOptions } from './support.ts';

/** A part of the plan that takes a second, and makes objects. */
const PART = ['--workers', '1', '--grep', '(?=.*@404)(?=.*@http_endpoints)'];

/** Somebody without rights, where this process may become anybody. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const asNobody: SuiteOptions = isRoot ? { user: NOBODY } : {};

/** Whether such a user gets at what the suite is made of. */
const isReachable = (() => {
  try {
    const own = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
    execFileSync(process.execPath, ['-e', "require('@playwright/test')"], { ...own, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** Runs the part in a copy of the project against a reference; yields what came of it, how much was sent, and whether anything is left. */
async function runIn(root: string, options: SuiteOptions) {
  return withReference({}, (reference) =>
    withProxy(reference, {}, async (proxy) => {
      const before = await listEverything(reference);
      const run = await runPlaywright(PART, {
        root,
        isOutputUsual: true,
        ...options,
        env: (directory) => ({
          ...against(proxy),
          CONFORMANCE_ALLOW: 'all',
          CONFORMANCE_TARGET: 'reference',
          ...(typeof options.env === 'function' ? options.env(directory) : options.env),
        }),
      });
      expect(await listEverything(reference)).toEqual(before);
      return { ...run, sent: proxy.passed.length };
    }),
  );
}

/** Takes the right to write from a directory and all that is in it, and gives it back. */
const setWritable = (root: string, isWritable: boolean) =>
  execFileSync('chmod', ['-R', isWritable ? 'u+w' : 'a-w', root]);

describe.runIf(isReachable)('a checkout that cannot be written', () => {
  test('takes no file of a run, which has a verdict, a report and a teardown all the same', () =>
    withProjectCopy(async (root) => {
      chmodSync(root, 0o755);
      setWritable(root, false);
      try {
        const run = await runIn(root, asNobody);
        expect(run.code, run.output).toBe(0);
        expect(run.report?.errors).toEqual([]);
        expect(run.leftovers).toEqual([]);
        expect(readdirSync(root)).not.toContain('test-results');
      } finally {
        setWritable(root, true);
      }
    }));

  test('is told before anything is sent where the report is to go there', () =>
    withProjectCopy(async (root) => {
      chmodSync(root, 0o755);
      setWritable(root, false);
      try {
        const { code, output, sent } = await runIn(root, { ...asNobody, env: { CONFORMANCE_REPORT_DIR: '' } });
        expect(code, output).toBe(1);
        expect(output.trim()).toMatch(
          /^CONFORMANCE_REPORT_DIR is "conformance-report", where nothing can be written \(EACCES[^\n]*\); expected [^\n]*\.$/,
        );
        expect(sent).toBe(0);
      } finally {
        setWritable(root, true);
      }
    }));
});

describe.concurrent('a place that takes nothing is one sentence, and nothing is sent', () => {
  test('a file in place of the directory for the report', async () => {
    const place = join(makeDirectory(), 'report');
    writeFileSync(place, '');
    await withProjectCopy(async (root) => {
      const { code, output, sent } = await runIn(root, { env: { CONFORMANCE_REPORT_DIR: place } });
      expect([code, sent], output).toEqual([1, 0]);
      expect(output.trim()).toMatch(/^CONFORMANCE_REPORT_DIR is [^\n]*EEXIST[^\n]*\.$/);
    });
  });

  test('a summary of the step that nobody reads', async () => {
    const step = join(makeDirectory(), 'step.md');
    execFileSync('mkfifo', [step]);
    await withProjectCopy(async (root) => {
      const { code, output, sent } = await runIn(root, { env: { GITHUB_STEP_SUMMARY: step } });
      expect([code, sent], output).toEqual([1, 0]);
      expect(output.trim()).toMatch(/^GITHUB_STEP_SUMMARY is [^\n]*it gives no answer within 5 s[^\n]*\.$/);
    });
  });
});

test('of two runs at once that write to one place, one runs and the other says why it does not', () =>
  withProjectCopy(async (root) => {
    const place = makeDirectory();
    const options = { env: { CONFORMANCE_REPORT_DIR: place } };
    const runs = await Promise.all([runIn(root, options), runIn(root, options)]);
    const [one, other] = runs.sort((left, right) => (left.code ?? 9) - (right.code ?? 9));
    expect([one?.code, other?.code, other?.sent], one?.output).toEqual([0, 1, 0]);
    expect(other?.output.trim()).toMatch(/^CONFORMANCE_REPORT_DIR is [^\n]*another run is about to write[^\n]*\.$/);
    expect(JSON.parse(readFileSync(join(place, 'report.json'), 'utf8'))).toMatchObject({ errors: [] });
    expect(readdirSync(place).sort()).toEqual(['badge.json', 'index.html', 'report.json', 'summary.md']);
  }));

test('what failed the last time is run again from the checkout', () =>
  withProjectCopy(async (root) => {
    await runIn(root, {});
    const last = join(root, 'test-results', '.last-run.json');
    expect(JSON.parse(readFileSync(last, 'utf8'))).toMatchObject({ status: 'passed' });
  }));

test('a start from within the project is one sentence', () =>
  withProjectCopy(async (root) => {
    mkdirSync(join(root, 'below'));
    const { code, output, sent } = await runIn(root, { below: 'suites' });
    expect([code, sent], output).toEqual([1, 0]);
    expect(output.trim()).toMatch(
      /^Playwright found no playwright\.config\.ts in [^\n]*suites; start it where [^\n]*\.$/,
    );
    expect(existsSync(join(root, 'suites', 'conformance-report'))).toBe(false);
  }));
