import { describe, expect, test } from 'vitest';
import { renderStepSummary, renderSummary } from '../../../reporters/markdown/render-summary.ts';
import { makeReport } from '../sample-report.ts';

const report = makeReport();
const text = renderSummary(report);

/** What is left of Markdown without its fences and code spans: all of it is ours. */
const withoutCode = (markdown: string): string =>
  markdown.replace(/^(`{3,})sh\n[\s\S]*?\n\1$/gm, '').replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');

describe('summary', () => {
  test('says what the golden file says', async () => {
    await expect(text).toMatchFileSnapshot('./golden/summary.md');
  });

  test('has nothing of the server outside code', () => {
    const own = withoutCode(text).replace('[index.html](index.html)', '');
    expect(own).not.toMatch(/[<>@\\]|https?:|www\.|\]\(|#\d|script|alert|\p{Cc}(?<!\n)|[\p{Cf}\p{Cs}]/u);
  });

  test('has a row for each status', () => {
    expect(text.match(/^\| [✓!✗?–⊘◐] \| [45]\d\d /gm)).toHaveLength(9);
  });

  test('with texts that mean harm stays as it is built', () => {
    const evil = '\n```\n</details> @octocat | # x\n::error::x `` ` https://evil.example';
    const hostile = {
      ...report,
      reasons: [evil],
      contract: { title: evil, version: evil },
      target: { ...report.target, url: evil },
      statuses: Object.fromEntries(
        Object.entries(report.statuses).map(([status, record]) => [status, { ...record, name: evil }]),
      ),
      findings: report.findings.map((finding) => ({ ...finding, message: evil, check: evil })),
      untestable: report.untestable.map((item) => ({ ...item, reason: evil })),
      evidence: report.evidence.map((evidence) => ({ ...evidence, curl: `curl x${evil}` })),
    };
    const out = renderSummary(hostile);
    expect(withoutCode(out)).not.toMatch(/octocat|details|evil|::/);
    expect(out.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(11);
    for (const line of out.split('\n').filter((each) => each.startsWith('|'))) expect(line.split('|')).toHaveLength(9);
  });

  test('of very much is still short enough for a comment', () => {
    const many = {
      ...report,
      reasons: Array.from({ length: 500 }, (_, index) => `reason ${index} ${'x'.repeat(900)}`),
      findings: Array.from({ length: 3000 }, (_, index) => ({
        ...(report.findings[0] as (typeof report.findings)[0]),
        place: `/${index}`,
        message: '<'.repeat(10_000),
      })),
      evidence: report.evidence.map((evidence) => ({ ...evidence, curl: `curl ${'y'.repeat(3900)}` })),
      untestable: Array.from({ length: 999 }, (_, index) => ({ operation: 'x', status: 404, reason: `why ${index}` })),
    };
    expect(Buffer.byteLength(renderSummary(many))).toBeLessThan(60_000);
    expect(renderSummary(many)).toContain('And 2,990 more causes; the whole report has them.');
    const tight = renderStepSummary(many, 12_000);
    expect(Buffer.byteLength(tight)).toBeLessThanOrEqual(12_000);
    expect(tight).toContain('more parts left out here');
    expect(tight).toMatch(/The whole report: `index.html` among the files of the run\.\n$/);
  });

  test('is short when all is well', () => {
    const { changes: _, waivers: __, unanswered: ___, ...rest } = report;
    const out = renderSummary({ ...rest, verdict: 'conformant', findings: [], untestable: [] });
    expect(out).toMatch(/^## ✓ Error contract: conformant\n/);
    expect(out).not.toContain('###');
  });
});
