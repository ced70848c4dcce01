import { describe, expect, test } from 'vitest';
import { renderAnnotations } from '../../../reporters/github/annotations.ts';
import { makeReport } from '../sample-report.ts';

const report = makeReport();
const [finding] = report.findings;
if (finding === undefined) throw new Error('The sample has no finding.');

/** A report with so many causes of one level. */
const withCauses = (count: number, level: 'MUST' | 'SHOULD') => ({
  ...report,
  findings: Array.from({ length: count }, (_, index) => ({
    ...finding,
    level,
    set: 'contract' as const,
    check: `check-${index}`,
  })),
});

/** What GitHub reads in a command: it takes the escapes back. */
const read = (line: string) => {
  const [, level, title, text] = /^::(\w+) title=([^:,]*)::(.*)$/su.exec(line) ?? [];
  const back = (value = '') =>
    value
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%25', '%');
  return { level, title: back(title), text: back(text) };
};

describe('annotations', () => {
  test('say what the golden file says', async () => {
    await expect(`${renderAnnotations(report, false).join('\n')}\n`).toMatchFileSnapshot('./golden/annotations.txt');
  });

  test('are one line for each cause, the gravest first, and none for notes', () => {
    const lines = renderAnnotations(report, false).map(read);
    expect(lines).toHaveLength(9);
    expect(lines.map(({ level }) => level).join(' ')).toMatch(/^(error ?)+(warning ?)+$/);
    expect(lines[0]?.title).toBe('MUST body-matches-schema: 404; 7 findings on 7 operations');
    expect(lines.map(({ title }) => title).join()).not.toContain('empty-body');
  });

  test('are no errors where the run succeeded', () => {
    expect(renderAnnotations(report, true).join('\n')).not.toMatch(/^::error/m);
  });

  test.each([
    ['MUST', 'error'],
    ['SHOULD', 'warning'],
  ] as const)('of %s are no more than GitHub shows; the last one tells of the others', (level, kind) => {
    expect(renderAnnotations(withCauses(10, level), false)).toHaveLength(10);
    const lines = renderAnnotations(withCauses(57, level), false).map(read);
    expect(lines.map((line) => line.level)).toEqual(Array.from({ length: 10 }, () => kind));
    expect(lines.at(-1)).toMatchObject({ title: '48 more', text: '48 more causes stand in the report.' });
  });

  test('of a run that could not do its job say so first', () => {
    const broken = { ...report, verdict: 'error' as const, reasons: ['The target cannot be reached: a, b: 100%.'] };
    expect(renderAnnotations(broken, false)[0]).toBe(
      '::error title=Error contract%3A error::The target cannot be reached: a, b: 100%25.',
    );
  });

  test('cannot be broken out of', () => {
    const evil = 'x\r\n::error title=y::z,a:b%0A%25\u001b[31m\u2028::stop-commands::t';
    const findings = [{ ...finding, message: evil, check: evil }];
    const lines = renderAnnotations({ ...report, findings, verdict: 'error', reasons: [evil] }, false);
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
    expect(read(lines[1] ?? '').title).toContain(
      'x␍␊::error title=y::z,a:b%0A%25␛[31m[U+2028]::stop-commands::t: 422 at /code',
    );
    expect(read(lines[1] ?? '').text).toContain('x␍\n::error title=y::z,a:b%0A%25␛[31m');
  });

  test('are of bounded size, and have a command whole or not at all', () => {
    const evidence = report.evidence.map((each) => ({ ...each, curl: `curl ${'x'.repeat(5000)}` }));
    const long = {
      ...report,
      evidence,
      findings: [{ ...finding, message: 'm'.repeat(100_000), check: 'c'.repeat(999) }],
    };
    for (const line of renderAnnotations(long, false)) {
      expect(line.length).toBeLessThan(4300);
      expect(line).not.toContain('curl');
    }
  });
});
