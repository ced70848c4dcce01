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

/** A report of format 2 with its first finding changed, a field on each line. */
function older(change: object): string {
  const { changes: _, ...report } = makeReport(2);
  const [first, ...findings] = report.findings.map(({ condition: __, place: ___, seen: ____, ...rest }) => rest);
  return JSON.stringify({ ...report, reportVersion: 2, findings: [{ ...first, ...change }, ...findings] }, null, 2);
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
    /^X names what is no report: \S*ecc-no-such-report\.json: expected the report\.json of an earlier run, found none\.$/,
  ],
  [
    'is no JSON',
    '{"reportVersion":',
    /^X names what is no report: \S*report\.json:1: expected JSON, found a mistake: Unexpected end of JSON input\.$/,
  ],
  [
    'is of another format',
    '{\n"reportVersion":7}',
    /report\.json:2: reportVersion: expected the format of a report that can be read, 2 to 3, found 7\.$/,
  ],
  [
    'is something else',
    '{"name":"a package"}',
    /report\.json:1: reportVersion: expected the format .*, found nothing\.$/,
  ],
  ['is null', 'null', /report\.json:1: reportVersion: expected the format .*, found nothing\.$/],
  [
    'has something else in a field',
    JSON.stringify({ ...makeReport(2), exchanges: 'many' }, null, 2),
    /report\.json:\d+: exchanges: expected a whole number, found text\.$/,
  ],
  [
    'is of an older format, and has something else in a finding',
    older({ message: 7 }),
    /report\.json:\d+: findings\[0\]\.message: expected text, found a number\.$/,
  ],
])('a file that %s is told in one sentence', (_, text, sentence) => {
  const path = text === undefined ? join(tmpdir(), 'ecc-no-such-report.json') : saved(text);
  expect(() => readReport('X', path)).toThrow(sentence);
});
