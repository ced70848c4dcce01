import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readReport } from '../../config/read-report.ts';
import type { Finding } from '../../judge/finding.ts';
import { remember } from '../../report/memory.ts';
import { makeReport } from '../reporters/sample-report.ts';
import { makeDirectory } from '../support/make-directory.ts';

function saved(text: string): string {
  const directory = makeDirectory();
  writeFileSync(join(directory, 'report.json'), text);
  return join(directory, 'report.json');
}

test('a saved report is read as it was', () => {
  const report = makeReport(2);
  expect(readReport('X', saved(JSON.stringify(report)))).toEqual(report);
});

test('a report of format 2 is read as one of today, without what it could not know', () => {
  const { changes, ...report } = makeReport(2);
  const older = {
    ...report,
    reportVersion: 2,
    changes: { ...changes, new: [{ check: 'x' }] },
    findings: report.findings.map(({ condition: _, place: __, seen: ___, ...finding }) => ({
      ...finding,
      cluster: 'a cause',
      seen: 3,
    })),
    cells: report.cells.map((cell) => ({ ...cell, probes: { sent: 3, broken: 1, statuses: { 500: 3 } } })),
  };
  const read = readReport('X', saved(JSON.stringify(older)));
  expect(read).toMatchObject({ reportVersion: 3, readFrom: 2, findings: report.findings.map(() => ({ probes: 3 })) });
  expect(read).not.toHaveProperty('changes');
  expect(read.findings.map(({ seen, place, condition }) => [seen, place, condition])).toEqual(
    report.findings.map(({ seen }) => [seen, '', undefined]),
  );
  expect(read.cells[0]?.probes).toEqual({ sent: 3, broken: 1, statuses: { 500: 3 }, kinds: [] });
  expect(remember(read).has({ ...(report.findings[0] as Finding), place: '/elsewhere' })).toBe(true);
});

test.each([
  [
    'is not there',
    undefined,
    /^X names ".*", which cannot be read \(ENOENT\); expected the report\.json of an earlier run\.$/,
  ],
  [
    'is no JSON',
    '{"reportVersion":',
    /^X names ".*", which is no JSON; expected the report\.json of an earlier run\.$/,
  ],
  [
    'is of another format',
    '{"reportVersion":7}',
    /^X names ".*", a report of format 7; expected format 3: make it anew\.$/,
  ],
  ['is something else', '{"name":"a package"}', /^X names ".*", which is no report: the file must .*\.$/],
  ['is null', 'null', /^X names ".*", which is no report: the file must .*\.$/],
])('a file that %s is told in one sentence', (_, text, sentence) => {
  const path = text === undefined ? join(tmpdir(), 'ecc-no-such-report.json') : saved(text);
  expect(() => readReport('X', path)).toThrow(sentence);
});
