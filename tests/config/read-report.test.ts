import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readReport } from '../../config/read-report.ts';
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
    /^X names ".*", a report of format 7; expected format 2: make it anew\.$/,
  ],
  ['is something else', '{"name":"a package"}', /^X names ".*", which is no report: the file must .*\.$/],
  ['is null', 'null', /^X names ".*", which is no report: the file must be object\.$/],
])('a file that %s is told in one sentence', (_, text, sentence) => {
  const path = text === undefined ? join(tmpdir(), 'ecc-no-such-report.json') : saved(text);
  expect(() => readReport('X', path)).toThrow(sentence);
});
