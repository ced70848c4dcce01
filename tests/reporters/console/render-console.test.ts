import { describe, expect, test } from 'vitest';
import type { Report } from '../../../report/report.ts';
import { renderConsole } from '../../../reporters/console/render-console.ts';
import { countRows } from '../../../reporters/console/sections.ts';
import { makeReport } from '../sample-report.ts';

const { waivers: _, ...report } = makeReport();
const plain = { color: false, width: 110, height: 50, reportPath: 'conformance-report/report.html' };
const text = renderConsole(report, plain);
const SEQUENCE = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

describe('console', () => {
  test('says what the golden file says', async () => {
    await expect(text).toMatchFileSnapshot('./golden/console.txt');
  });

  test('fits its width, but for curl commands', () => {
    for (const line of text.split('\n'))
      if (!line.trim().startsWith('curl ')) expect([...line].length).toBeLessThanOrEqual(110);
  });

  describe('on a screen of 24 rows and 80 columns', () => {
    const rowsOf = (out: string) => countRows(out.trimEnd().split('\n'), { width: 80 }) + 1;
    const long = `curl -sS -i --http1.1 --path-as-is --globoff -X POST ${'x'.repeat(190)}`;
    const evidence = report.evidence.map((each) => ({ ...each, curl: long }));
    const { changes: _, ...first } = report;
    const generation = { level: 'quick', seed: 1, budget: 500 } as const;
    const passing: Report = { ...first, verdict: 'conformant', findings: [], untestable: [], errors: [] };
    const failing = { ...first, evidence, errors: [], target: { ...report.target, generation } };
    const worst = {
      ...report,
      evidence,
      target: { ...report.target, generation },
      reasons: Array.from({ length: 40 }, (__, index) => `reason ${index} ${'x'.repeat(200)}`),
      errors: Array.from({ length: 40 }, (__, index) => `error ${index} ${'x'.repeat(200)}`),
    };

    test.each([
      ['passing', passing],
      ['failing', failing],
      ['failing in every way', worst],
    ])('a run that is %s fits, with its verdict, nine statuses and the path', (__, of) => {
      for (const color of [false, true]) {
        const out = renderConsole(of, { ...plain, color, width: 80, height: 24 });
        expect(rowsOf(out), out).toBeLessThanOrEqual(24);
        const bare = out.replaceAll(SEQUENCE, '');
        expect(bare).toMatch(/^[✓✗] (NON-)?CONFORMANT/);
        expect(bare.match(/^ {2}[✓!✗?–⊘◐] [45]\d\d /gm)).toHaveLength(9);
        expect(bare).toMatch(/\nReport conformance-report\/report\.html\n$/);
      }
    });

    test('the gravest cause has its command whole, and the count of all is told', () => {
      const out = renderConsole(failing, { ...plain, width: 80, height: 24 });
      expect(out).toContain(`1. MUST contract body-matches-schema  404, since 2026-11-20; 7 findings on 7 …`);
      expect(out).toContain(long);
    });

    test('more is shown on a higher one', () => {
      const out = renderConsole(failing, { ...plain, width: 80, height: 60 });
      expect(rowsOf(out)).toBeLessThanOrEqual(60);
      expect(out.split(long).length - 1).toBe(6);
      expect(out).toMatch(/Not tested 103 cells\n {4}21 403: /);
    });
  });

  test('gives no command to a CI system', () => {
    const findings = report.findings.map((finding) => ({ ...finding, message: '::error::x ##[group]y' }));
    const out = renderConsole({ ...report, findings, errors: ['::error::x'], reasons: ['##vso[x]'] }, plain);
    expect(out).not.toMatch(/^\s*::|##\w*\[/m);
    expect(out).toContain(': :error::x # #[group]y');
  });

  test('lets no control or bidi character of the server through', () => {
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(text).toContain('␛[31mred');
  });

  test('colours with its own sequences only, and says the same without them', () => {
    const colored = renderConsole(report, { ...plain, color: true });
    expect(colored).not.toBe(text);
    expect(colored.replaceAll(SEQUENCE, '')).toBe(text);
  });

  test('says what the stand-ins stand for', () => {
    const values = { '{{port}}': '4010', '{{id:1}}': '7c9e6679' };
    const out = renderConsole(
      {
        ...report,
        run: { ...report.run, values },
        target: { ...report.target, url: 'http://127.0.0.1:{{port}}/api' },
        evidence: report.evidence.map((each) => ({
          ...each,
          curl: 'curl http://127.0.0.1:{{port}}/api/sinks/{{id:1}}',
        })),
      },
      plain,
    );
    expect(out).toContain('  http://127.0.0.1:4010/api · ');
    expect(out).toContain('curl http://127.0.0.1:4010/api/sinks/7c9e6679\n');
  });

  test('prints no curl command that would have to be changed', () => {
    const [evidence] = report.evidence;
    if (evidence === undefined) throw new Error('The sample has no evidence.');
    const odd = { ...evidence, curl: "curl 'x\u001b[31m'" };
    const out = renderConsole({ ...report, evidence: report.evidence.map(() => odd) }, plain);
    expect(out).toContain('The curl command stands in the report.');
    expect(out).not.toContain("curl 'x");
  });

  test('says how much input was generated, and how to do it again', () => {
    const target = { ...report.target, generation: { level: 'quick', seed: 42, budget: 500 } } as const;
    const out = renderConsole({ ...report, target }, plain);
    expect(out).toContain('0 generated requests: CONFORMANCE_GENERATE=quick CONFORMANCE_SEED=42');
    expect(text).not.toContain('CONFORMANCE_SEED');
  });

  test('is short when all is well', () => {
    const { changes: __, ...first } = report;
    const out = renderConsole(
      { ...first, verdict: 'conformant', reasons: [], findings: [], untestable: [], errors: [] },
      { ...plain, width: 10 },
    );
    expect(out).toMatch(/^✓ CONFORMANT/);
    expect(out.split('\n').length).toBeLessThan(20);
  });

  test('says what the first look at the target could not show, and not that it showed all', () => {
    expect(text).not.toContain('preflight');
    const preflight = { showed: 'POST /x without a token answered 401', unshown: 'that API_TOKEN is accepted' };
    expect(renderConsole({ ...report, target: { ...report.target, preflight } }, plain)).toMatch(
      /^preflight: POST \/x without a token answered 401; not shown: that API_TOKEN is accepted$/m,
    );
  });

  test('says what changed since the baseline, of much only the beginning', () => {
    const traits = {
      provocation: 'p',
      condition: 'invalid-body',
      seen: '404',
      place: '',
      gravity: 'body',
      findings: 2,
    } as const;
    const flaws = Array.from({ length: 30 }, (_, index) => {
      const [check, operation] = [`check-${index % 6}`, `operation${index}`];
      return { check, operation, status: 404, level: 'MUST', set: 'contract', counted: true, ...traits } as const;
    });
    const changes = { ...(report.changes as NonNullable<typeof report.changes>), new: flaws };
    const out = renderConsole({ ...report, changes }, { ...plain, width: 120 });
    expect(out).toContain(
      'What changed 6 new, 1 fixed, 1 still there, 1 cell no longer tested since 2026-11-21 02:00:00 UTC',
    );
    expect(out).toContain(
      'new MUST check-0: 404  10 findings on 5 operations: 404 operation0, 404 operation6, 404 operation12, 404',
    );
    expect(out).toContain('and 3 more new');
    expect(out).not.toContain('check-3');
  });
});
