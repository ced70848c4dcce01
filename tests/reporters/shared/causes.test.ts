import { describe, expect, test } from 'vitest';
import { causeOf } from '../../../judge/fingerprint.ts';
import { groupFindings } from '../../../reporters/shared/causes.ts';
import { makeReport } from '../sample-report.ts';

const report = makeReport(2);
const [first] = report.findings;

describe('groups of findings', () => {
  test('hold every finding once', () => {
    const causes = groupFindings(report);
    expect(causes.flatMap(({ findings }) => findings)).toHaveLength(report.findings.length);
    for (const { id, findings } of causes) for (const each of findings) expect(causeOf(each)).toBe(id);
  });

  test('are headed by their gravest finding; evidence that is not organic does not count', () => {
    if (first === undefined) throw new Error('The sample has no finding.');
    const base = { ...first, set: 'contract' as const };
    const [group] = groupFindings({
      ...report,
      findings: [
        { ...base, level: 'MUST', intermittent: { seen: 1, tries: 10 } },
        { ...base, level: 'MUST', provenance: 'simulated', message: 'mocked' },
        { ...base, level: 'MUST', message: 'grave' },
      ],
    });
    expect(group).toMatchObject({ counted: true, head: { message: 'grave' }, example: { message: 'grave' } });
  });

  test('show the smallest example and the operations in the order of the contract', () => {
    if (first === undefined) throw new Error('The sample has no finding.');
    const sizes = report.evidence.map(({ exchange }) => exchange.response?.bodyBytes ?? 0);
    const [small, large] = [sizes.indexOf(33), sizes.indexOf(Math.max(...sizes))];
    const [group] = groupFindings({
      ...report,
      findings: [
        { ...first, operation: 'deleteStream', status: 422, evidence: large },
        { ...first, operation: 'deleteStream', status: 404, evidence: large },
        { ...first, operation: 'listStreams', status: 400, evidence: small },
      ],
    });
    expect(group?.example.evidence).toBe(small);
    expect(group?.operations).toEqual([
      { id: 'listStreams', statuses: [400] },
      { id: 'deleteStream', statuses: [404, 422] },
    ]);
    expect(group?.cells).toBe(3);
  });
});
