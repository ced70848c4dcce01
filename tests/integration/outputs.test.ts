import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeReport } from '../reporters/sample-report.ts';
import { type Back, withProxy } from '../runner/proxy.ts';
import { withReference } from '../runner/support.ts';
import { makeDirectory } from '../support/make-directory.ts';
import { against, cleanEnv, inTerminal, ROOT, runPlaywright, type SuiteOptions, type SuiteRun } from './support.ts';

/** A part of the plan that takes a second. */
const PART = ['--grep', '(?=.*@40[14])(?=.*@http_endpoints)'];

const ESCAPE = '\u001b';
const CLEAR = `\r${ESCAPE}[2K`;

/** script(1) as util-linux has it; others know no -e. */
const hasTerminal = (() => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8', stdio: 'pipe' }).includes('util-linux');
  } catch {
    return false;
  }
})();

/** Runs the part against a reference whose 404 answers are altered. */
function runAgainst(options: SuiteOptions, answer: (back: Back) => Back = (back) => back): Promise<SuiteRun> {
  const rules = { answer: (back: Back) => (back.status === 404 ? answer(back) : back) };
  return withReference({}, (reference) =>
    withProxy(reference, rules, (proxy) =>
      runPlaywright(PART, { ...options, env: { ...against(proxy), ...options.env } }),
    ),
  );
}

const wrong = (back: Back): Back => ({
  ...back,
  body: JSON.stringify({ oops: '\n::error::@all </details> ##[group]x' }),
});

describe.concurrent('on GitHub', () => {
  test('a failing run writes the summary of the step and annotations, and names what fails on the way', async () => {
    const stepSummary = join(makeDirectory(), 'step.md');
    writeFileSync(stepSummary, 'what was there');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: stepSummary, CI: 'true' };
    const { code, output, files } = await runAgainst({ env }, wrong);
    expect(code, output).toBe(1);
    expect(Object.keys(files).sort()).toEqual(['badge.json', 'index.html', 'report.json', 'summary.md']);
    expect(JSON.parse(files['badge.json'] ?? '')).toMatchObject({ message: 'non-conformant', color: 'red' });
    const summary = readFileSync(stepSummary, 'utf8');
    expect(summary).toMatch(/^what was there\n\n## ✗ Error contract: non-conformant\n/);
    expect(summary).toMatch(/```sh\ncurl /);
    expect(summary.slice(16).split('\n').slice(0, 20)).toEqual(files['summary.md']?.split('\n').slice(0, 20));
    expect(output).toMatch(/^\d+ of \d+ cells {2}.*✗ \d+ fail/m);
    expect(output).toMatch(/^✗ GET \/destinations\/http_endpoints\S* › 404 Not Found {2}field "summary" is missing$/m);
    expect(output).toMatch(/^::error title=MUST [^\n]*%3A 404[^\n]* on \d+ operations?::[^\n]*%0Acurl /m);
    // Whatever else looks like a command would be the server's.
    expect(output.replace(/^::(error|warning) title=[^:]*::[^\n]*$/gm, '')).not.toMatch(/^\s*::|##\[/m);
    expect(output).not.toContain(ESCAPE);
  });

  test('a run that is green has no errors among its annotations', async () => {
    const { code, output } = await runAgainst({ env: { GITHUB_ACTIONS: 'true' } });
    expect(code, output).toBe(0);
    expect(output).toMatch(/^::warning title=Error contract%3A incomplete::/m);
    expect(output).not.toContain('::error');
  });
});

describe.concurrent('a report that cannot be written', () => {
  test('any more makes a green run red; it is elsewhere, and the verdict is printed', async () => {
    const directory = makeDirectory();
    const place = join(directory, 'report');
    let isBlocked = false;
    const block = (back: Back) => {
      if (!isBlocked) rmSync(place, { recursive: true });
      if (!isBlocked) writeFileSync(place, 'a file');
      isBlocked = true;
      return back;
    };
    const { code, output } = await runAgainst({ env: { CONFORMANCE_REPORT_DIR: place, TMPDIR: directory } }, block);
    expect(code, output).toBe(1);
    expect(output).toMatch(/^◐ INCOMPLETE /m);
    expect(output).toContain(`The directory ${place} could not be made: EEXIST: `);
    const elsewhere = /^The report is in (\S+) instead\.$/m.exec(output)?.[1] ?? '';
    expect(JSON.parse(readFileSync(join(elsewhere, 'report.json'), 'utf8'))).toMatchObject({ verdict: 'incomplete' });
    expect(readdirSync(elsewhere)).toContain('index.html');
  });

  test('or a summary of the step that cannot, make it red, too', async () => {
    const step = join(makeDirectory(), 'step.md');
    const block = (back: Back) => {
      rmSync(step, { recursive: true, force: true });
      mkdirSync(step);
      return back;
    };
    const { code, output, report } = await runAgainst({ env: { GITHUB_STEP_SUMMARY: step } }, block);
    expect(code, output).toBe(1);
    expect(report?.verdict).toBe('incomplete');
    expect(output.match(/step\.md could not be written: EISDIR: [^\n]*\.$/gm)).toHaveLength(1);
  });
});

describe.concurrent('a reader that goes away', () => {
  test('does not end the run', async () => {
    const { code, report, leftovers } = await runAgainst({
      during: (child) => child.stdout?.once('data', () => child.stdout?.destroy()),
    });
    expect([code, report?.verdict, leftovers]).toEqual([0, 'incomplete', []]);
  });
});

describe.runIf(hasTerminal)('in a terminal', () => {
  const env = { TERM: 'xterm', CI: '' };

  test('one line is redrawn while it runs, and cleared', async () => {
    const { code, output } = await runAgainst({ terminal: true, env });
    expect(code, output).toBe(0);
    expect(output).toContain(`${CLEAR}Looking at the target …${CLEAR}`);
    expect(output).toMatch(/\d+ of \d+ cells {2}✓ \d+ pass/);
    const [before = '', after = ''] = output.split('◐ INCOMPLETE');
    expect(before).not.toContain('\n');
    expect(before.endsWith(CLEAR)).toBe(true);
    // NO_COLOR is set here.
    expect(after).not.toContain(ESCAPE);
  });

  test('no line is redrawn where TERM is dumb, nor in CI', async () => {
    for (const other of [{ TERM: 'dumb' }, { CI: 'true' }]) {
      const { output } = await runAgainst({ terminal: true, env: { ...env, ...other } });
      expect(output).not.toContain(ESCAPE);
      expect(output).toMatch(/^\d+ of \d+ cells/m);
    }
  });

  test('a target that is not there leaves the sentence alone', async () => {
    const gone = await withReference({}, async (reference) => reference);
    const { code, output } = await runPlaywright([], { terminal: true, env: { ...env, ...against(gone) } });
    expect(code).toBe(1);
    expect(output.replaceAll(CLEAR, '\n')).toMatch(/\n⊘ ERROR {2}Nothing was tested\.\r\n {2}The target [^\n]*\./);
  });
});

describe('colour', () => {
  const render = async (terminal: boolean, env: Record<string, string>): Promise<boolean> => {
    const directory = makeDirectory();
    const saved = join(directory, 'saved.json');
    writeFileSync(saved, JSON.stringify(makeReport(2)));
    const command = [process.execPath, '--import', 'tsx', 'reporters/main.ts', 'render', saved, join(directory, 'out')];
    const [program = '', ...args] = terminal ? inTerminal(command) : command;
    const { NO_COLOR: _, CI: __, ...clean } = cleanEnv();
    const output = await new Promise<string>((resolve) => {
      execFile(program, args, { cwd: ROOT, env: { ...clean, TERM: 'xterm-256color', ...env } }, (___, stdout) =>
        resolve(stdout),
      );
    });
    expect(output).toContain('NON-CONFORMANT');
    return output.includes(`${ESCAPE}[31m`);
  };

  test.each([
    [{}, false],
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '0' }, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '' }, true],
  ])('of a pipe with %o: %s', async (env, color) => {
    expect(await render(false, env as Record<string, string>)).toBe(color);
  });

  test.runIf(hasTerminal).each([
    [{}, true],
    [{ NO_COLOR: '1' }, false],
    [{ FORCE_COLOR: '0' }, false],
    [{ TERM: 'dumb' }, false],
  ])('of a terminal with %o: %s', async (env, color) => {
    expect(await render(true, env as Record<string, string>)).toBe(color);
  });
});
