import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appendSummary } from '../../reporters/append-summary.ts';
import { makeDirectory } from '../support/make-directory.ts';
import { makeReport } from './sample-report.ts';

const report = makeReport(2);
const LIMIT = 1024 * 1024;

function makeFile(bytes?: number): string {
  const directory = makeDirectory();
  const path = join(directory, 'step.md');
  if (bytes !== undefined) writeFileSync(path, 'x'.repeat(bytes));
  return path;
}

describe("the step's summary", () => {
  test('is begun where there is none', () => {
    const path = makeFile();
    appendSummary(path, report);
    expect(readFileSync(path, 'utf8')).toMatch(/^## ✗ Error contract: non-conformant\n/);
  });

  test('goes on behind what is there', () => {
    const path = makeFile(10);
    appendSummary(path, report);
    expect(readFileSync(path, 'utf8')).toMatch(/^x{10}\n\n## ✗ Error contract/);
  });

  test.each([500, 1000, 2500, 4000])(
    'is cut so that all of it, with %i bytes left, stays within what GitHub takes',
    (left) => {
      const path = makeFile(LIMIT - left);
      if (left < 1000) expect(() => appendSummary(path, report)).toThrow(/there is no room for it: 498 bytes are left/);
      else appendSummary(path, report);
      expect(statSync(path).size).toBeLessThanOrEqual(LIMIT);
      if (left >= 1000)
        expect(readFileSync(path, 'utf8').slice(1 - left)).toMatch(
          /left out here, for want of room; [^\n]*\n\nThe whole report: [^\n]*\n$/,
        );
    },
  );

  test('is refused where the file is too long already', () => {
    expect(() => appendSummary(makeFile(LIMIT + 5), report)).toThrow('there is no room for it: 0 bytes are left');
  });
});
