import { describe, expect, test } from 'vitest';
import { renderConsole } from '../../../reporters/console/render-console.ts';
import { makeReport } from '../sample-report.ts';

const report = makeReport();
const plain = { color: false, width: 110, reportPath: 'conformance-report/report.html' };
const text = renderConsole(report, plain);
const SEQUENCE = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

describe('console', () => {
  test('says what the golden file says', async () => {
    await expect(text).toMatchFileSnapshot('./golden/console.txt');
  });

  test('fits one screen and, but for curl commands, its width', () => {
    const lines = text.split('\n');
    expect(lines.length).toBeLessThanOrEqual(50);
    for (const line of lines) if (!line.trim().startsWith('curl ')) expect([...line].length).toBeLessThanOrEqual(110);
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
    const { changes: _, ...first } = report;
    const out = renderConsole(
      { ...first, verdict: 'conformant', reasons: [], findings: [], untestable: [], errors: [] },
      { ...plain, width: 10 },
    );
    expect(out).toMatch(/^✓ CONFORMANT/);
    expect(out.split('\n').length).toBeLessThan(20);
  });

  test('says what changed since the baseline, of much only the beginning', () => {
    const flaws = Array.from({ length: 30 }, (_, index) => {
      const [check, operation] = [`check-${index % 6}`, `operation${index}`];
      return { check, operation, status: 404, level: 'MUST', set: 'contract', counted: true } as const;
    });
    const changes = { ...(report.changes as NonNullable<typeof report.changes>), new: flaws };
    const out = renderConsole({ ...report, changes }, { ...plain, width: 120 });
    expect(out).toContain(
      'What changed 30 new, 1 fixed, 1 still there, 1 cell no longer tested since 2026-11-21 02:00:00 UTC',
    );
    expect(out).toContain(
      'new MUST check-0  404 operation0, 404 operation6, 404 operation12, 404 operation18 and 1 more',
    );
    expect(out).toContain('and 3 more new');
    expect(out).not.toContain('check-3');
  });
});
