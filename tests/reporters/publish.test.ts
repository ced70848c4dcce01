import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Surroundings } from '../../config/surroundings.ts';
import type { Report } from '../../report/report.ts';
import { OUTPUTS } from '../../reporters/outputs.ts';
import { publish } from '../../reporters/publish.ts';
import { makeDirectory } from '../support/make-directory.ts';
import { makeReport } from './sample-report.ts';

const report = makeReport(2);
const plain: Surroundings = { color: false, width: 80, height: 24, live: false, annotate: false };

/** Publishes and yields what was printed where. */
function publishing(of: Report, directory: string, surroundings: Surroundings, outputs = OUTPUTS) {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text) => out.push(String(text)));
  vi.spyOn(console, 'error').mockImplementation((text) => err.push(String(text)));
  const whole = publish({ report: of, succeeded: false, directory }, surroundings, outputs);
  return { whole, out: out.join('\n'), err };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('publishing', () => {
  test('writes the files, the summary of the step and the annotations, and prints the rest', () => {
    const directory = makeDirectory();
    const stepSummary = join(directory, 'step.md');
    const { whole, out, err } = publishing(report, directory, { ...plain, stepSummary, annotate: true });
    expect([whole, err]).toEqual([true, []]);
    expect(out).toMatch(/^✗ NON-CONFORMANT[\s\S]*\nReport \S+index\.html\n\n::error title=/);
    expect(readFileSync(stepSummary, 'utf8')).toContain('## ✗ Error contract');
    for (const { name } of OUTPUTS) expect(existsSync(join(directory, name)), name).toBe(true);
  });

  test('has no annotations and no summary of a step elsewhere', () => {
    const { out } = publishing(report, makeDirectory(), plain);
    expect(out).not.toContain('::error');
  });

  test('of one thing that fails is a sentence, and the rest is there', () => {
    const directory = makeDirectory();
    const outputs = OUTPUTS.map((output) =>
      output.name === 'index.html' ? { ...output, render: () => JSON.parse('::error::x') as string } : output,
    );
    const { whole, out, err } = publishing(report, directory, { ...plain, annotate: true }, outputs);
    expect(whole).toBe(false);
    expect(err).toEqual([expect.stringMatching(/index\.html could not be written: [^\n]*\.$/)]);
    expect(out).toMatch(/NON-CONFORMANT[\s\S]*Report \S+report\.json/);
    expect(out).toContain('::error title=');
  });

  test('says the verdict even where the summary cannot be made, and goes on', () => {
    const directory = makeDirectory();
    const odd = { ...report, statuses: null } as unknown as Report;
    const { whole, out, err } = publishing(odd, directory, { ...plain, annotate: true });
    expect(whole).toBe(false);
    expect(out).toMatch(/^NON-CONFORMANT\n::error title=/);
    expect(err).toEqual([
      expect.stringContaining('index.html could not be written'),
      expect.stringContaining('summary.md could not be written'),
      expect.stringContaining('The summary could not be printed'),
    ]);
    expect(existsSync(join(directory, 'report.json'))).toBe(true);
  });

  test('fails where the summary of the step cannot be written', () => {
    const directory = makeDirectory();
    writeFileSync(join(directory, 'file'), '');
    const stepSummary = join(directory, 'file', 'step.md');
    const { whole, err } = publishing(report, directory, { ...plain, stepSummary });
    expect([whole, err]).toEqual([false, [expect.stringMatching(/step\.md could not be written: ENOTDIR[^\n]*\.$/)]]);
  });
});
