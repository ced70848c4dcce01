import { describe, expect, test } from 'vitest';
import { groupFindings } from '../../../reporters/shared/clusters.ts';
import { makeReport } from '../sample-report.ts';

const report = makeReport(2);
const [first] = report.findings;

describe('groups of findings', () => {
  test('hold every finding once', () => {
    const clusters = groupFindings(report);
    expect(clusters.flatMap(({ findings }) => findings)).toHaveLength(report.findings.length);
    for (const { id, findings } of clusters) for (const { cluster } of findings) expect(cluster).toBe(id);
  });

  test('are headed by their gravest finding; evidence that is not organic does not count', () => {
    if (first === undefined) throw new Error('The sample has no finding.');
    const base = { ...first, cluster: 'one', set: 'contract' as const };
    const [group] = groupFindings({
      ...report,
      findings: [
        { ...base, level: 'SHOULD' },
        { ...base, level: 'MUST', provenance: 'simulated', check: 'mocked' },
        { ...base, level: 'MUST', check: 'grave' },
      ],
    });
    expect(group).toMatchObject({ counted: true, head: { check: 'grave' }, example: { check: 'grave' } });
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
