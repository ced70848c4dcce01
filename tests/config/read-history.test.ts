import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readHistory } from '../../config/read-history.ts';
import { SettingsError } from '../../config/settings-error.ts';
import { makeReport } from '../reporters/sample-report.ts';
import { makeDirectory } from '../support/make-directory.ts';

function directoryWith(files: Record<string, string>): string {
  const directory = makeDirectory();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

const sample = makeReport(2);
const report = (id: string) => JSON.stringify({ ...sample, run: { ...sample.run, id } });

test('every report of a directory is read, and of the directories in it, but none further down', () => {
  const directory = directoryWith({
    'b.json': report('b'),
    'a.json': report('a'),
    'nightly-1/report.json': report('one'),
    'nightly-1/badge.json': '{}',
    'nightly-1/deep/report.json': report('deep'),
    'index.html': '<p>',
  });
  const { past, complaints } = readHistory(directory);
  expect(past.map(({ id }) => id)).toEqual(['a', 'b', 'one']);
  expect(complaints).toEqual([]);
  expect(JSON.stringify(past).length).toBeLessThan(3000);
});

test('what is no report is named in one sentence, and left out', () => {
  const directory = directoryWith({
    'broken.json': '{"reportVersion":1',
    'foreign.json': '{"name":"a package"}',
    'good.json': report('good'),
    'old/report.json': '{"reportVersion":7}',
  });
  const { past, complaints } = readHistory(directory);
  expect(past.map(({ id }) => id)).toEqual(['good']);
  expect(complaints).toEqual([
    expect.stringMatching(
      /^CONFORMANCE_HISTORY names what is no report: \S*broken\.json:1: expected JSON, [^\n]*; it is left out\.$/,
    ),
    expect.stringMatching(
      /^CONFORMANCE_HISTORY names what is no report: \S*foreign\.json:1: [^\n]*; it is left out\.$/,
    ),
    expect.stringMatching(
      /^CONFORMANCE_HISTORY names what is no report: \S*old\/report\.json:1: [^\n]*, found 7; it is left out\.$/,
    ),
  ]);
});

test('a directory that cannot be read is wrong', () => {
  const message =
    'CONFORMANCE_HISTORY names "no-such", which cannot be read (ENOENT); expected a directory of earlier reports.';
  expect(() => readHistory('no-such')).toThrow(new SettingsError(message));
  expect(() => readHistory('package.json')).toThrow(/cannot be read \(ENOTDIR\)/);
});

test('a directory of more than is read within seconds is refused', () => {
  const directory = directoryWith({ 'huge.json': '' });
  truncateSync(join(directory, 'huge.json'), 600 * 1024 * 1024);
  expect(() => readHistory(directory)).toThrow(
    /^CONFORMANCE_HISTORY names "\S+" with 1 reports of 600 MB in all; expected at most 1000 of 512 MB\.$/,
  );
});

test('what nests too deep is left out', () => {
  const { complaints } = readHistory(directoryWith({ 'deep.json': '['.repeat(200_000) }));
  expect(complaints).toEqual([
    expect.stringMatching(/deep\.json: expected at most 100 values within each other, found more; it is left out\.$/),
  ]);
});
