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
    const out = renderConsole(
      { ...report, verdict: 'conformant', reasons: [], findings: [], untestable: [], errors: [] },
      { ...plain, width: 10 },
    );
    expect(out).toMatch(/^✓ CONFORMANT/);
    expect(out.split('\n').length).toBeLessThan(20);
  });
});
