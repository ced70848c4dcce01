import { describe, expect, test } from 'vitest';
import type { WaiverRecord } from '../../../report/waiver.ts';
import { findingLines } from '../../../reporters/console/findings.ts';
import { createPen } from '../../../reporters/console/pen.ts';
import { errorLines } from '../../../reporters/console/trouble.ts';
import { expiringLines, waiverLines } from '../../../reporters/console/waivers.ts';
import { groupFindings } from '../../../reporters/shared/causes.ts';
import { makeReport } from '../sample-report.ts';

const pen = createPen(false, 140);
const report = makeReport(2);
const [silent, expired] = report.waivers as [WaiverRecord, WaiverRecord];

describe('waivers on the console', () => {
  test('are counted, and those about to expire are named, the first of them first', () => {
    const later: WaiverRecord = { ...silent, state: 'active', owner: 'ann', expires: '2026-12-03' };
    const { pointer: _, operation: __, status: ___, ...all } = { ...later, expires: '2026-11-30' };
    const waivers = [later, expired, all, { ...later, expires: '2026-12-02' }];
    const findings = report.findings.map((finding, index) => (index < 3 ? { ...finding, waived: 0 } : finding));
    expect(waiverLines({ ...report, waivers, findings }, pen)).toEqual([
      'Waivers 3 findings waived by 3 of 4 waivers; 3 are about to expire, 1 has to go',
      `  ${expired.problem}`,
    ]);
    expect(expiringLines({ ...report, waivers, findings }, 9, pen)).toEqual([
      '  expires 2026-11-30 fields-400: any status on any operation  ann, https://issues.example.com/API-7, waivers.yaml:3',
      expect.stringMatching(
        /^ {2}expires 2026-12-02 fields-400: 400 on getStream, listStreams at \/items\/\*\/name {2}ann/,
      ),
      '  and 1 more waiver about to expire',
    ]);
    expect(expiringLines({ ...report, waivers, findings }, 1, pen)).toHaveLength(1);
  });

  test('say nothing where there are none, and little where all is well', () => {
    const { soon: _, ...calm } = silent;
    expect(waiverLines({ ...report, waivers: [] }, pen)).toEqual([]);
    expect(waiverLines({ ...report, waivers: [calm] }, pen)).toEqual(['Waivers 0 findings waived by 0 of 1 waiver']);
  });

  test('are not told once more among the errors', () => {
    const [error = ''] = report.errors;
    const lines = (errors: string[]) => errorLines({ ...report, errors }, 10, pen);
    expect(lines([expired.problem ?? ''])).toEqual([]);
    expect(lines([error, expired.problem ?? ''])).toEqual(lines([error]));
    expect(lines([error])).toHaveLength(2);
  });

  test('let no control character through', () => {
    const lines = [...waiverLines(report, pen), ...expiringLines(report, 9, pen)].join('');
    expect(lines).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(lines).toContain('␛[31mred');
  });

  test('are told at what they let be', () => {
    const lines = (waived: number) => {
      const [first] = groupFindings(report);
      const own = new Set(first?.findings.slice(0, waived));
      const findings = report.findings.map((each) => (own.has(each) ? { ...each, waived: 0 } : each));
      return findingLines({ ...report, findings }, groupFindings({ ...report, findings }), 50, pen).join('\n');
    };
    expect(lines(0)).not.toContain('waived');
    expect(lines(1)).toMatch(/404, since 2026-11-20; 7 findings on \d operations, 1 of 7 waived/);
  });
});
