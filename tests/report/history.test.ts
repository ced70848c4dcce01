import { describe, expect, test } from 'vitest';
import { collectHistory, dateFindings, nightOf, toPastRun } from '../../report/history.ts';
import type { Report } from '../../report/report.ts';
import { makeReport } from '../reporters/sample-report.ts';

const sample = makeReport(2);
const at = (startedAt: string, change: Partial<Report> = {}): Report => ({
  ...sample,
  run: { ...sample.run, id: startedAt, startedAt },
  ...change,
});
const now = at('2026-11-25T02:00:00Z');
const collect = (...reports: Report[]) => collectHistory(reports.map(toPastRun), now);
const days = (...reports: Report[]) => collect(...reports).nights.map(({ startedAt }) => startedAt);

describe('the history of a run', () => {
  test('is what went before, oldest first, each run once', () => {
    const [first, second] = [at('2026-11-23T23:00:00-03:00'), at('2026-11-24T02:30:00Z')];
    expect(days(second, first, second, now, at('2026-11-26T02:00:00Z'))).toEqual([
      '2026-11-23T23:00:00-03:00',
      '2026-11-24T02:30:00Z',
    ]);
  });

  test('is bounded: with this run it has sixty', () => {
    const many = Array.from({ length: 80 }, (_, day) => at(new Date(Date.UTC(2026, 8, 1 + day)).toISOString()));
    const nights = days(...many);
    expect(nights).toHaveLength(59);
    expect(nights.at(-1)).toBe('2026-11-19T00:00:00.000Z');
  });

  const { target } = sample;
  test.each<[string, Partial<Report>]>([
    ['of another API', { target: { ...target, url: 'https://other.example' } }],
    ['with another profile', { target: { ...target, profile: 'other' } }],
    ['by another contract', { contract: { title: 'Other', version: '1' } }],
    ['of the embedded reference', { target: { ...target, embedded: true } }],
  ])('has no run %s, and says how many it left out', (_, change) => {
    const other = at('2026-11-24T02:00:00Z', change);
    expect(collect(other, at('2026-11-23T02:00:00Z'))).toMatchObject({ nights: [{}], others: 1 });
  });

  test('knows the embedded reference on whatever port, and a contract of whatever version', () => {
    const embedded = (startedAt: string, url: string, version: string) =>
      at(startedAt, { target: { ...target, embedded: true, url }, contract: { ...sample.contract, version } });
    const earlier = toPastRun(embedded('2026-11-24T02:00:00Z', 'http://127.0.0.1:1/api', '1'));
    const report = embedded('2026-11-25T02:00:00Z', 'http://127.0.0.1:2/api', '2');
    expect(collectHistory([earlier], report)).toMatchObject({ nights: [{}], others: 0 });
  });
});

test('a night is a run in a few numbers', () => {
  const findings = sample.findings.map((finding, index) => (index < 4 ? { ...finding, waived: 0 } : finding));
  const cells = (...outcomes: string[]) => sample.cells.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const night = nightOf({ ...sample, findings });
  expect(night).toEqual({
    startedAt: sample.run.startedAt,
    verdict: 'non-conformant',
    scores: sample.scores,
    counts: {
      provoked: expect.any(Number),
      failing: cells('fail'),
      untestable: cells('untestable'),
      findings: sample.findings.length - 4,
      waived: 4,
    },
  });
  expect(night.counts.provoked).toBeGreaterThan(night.counts.failing);
});

describe('a finding is there since', () => {
  const [flaw] = sample.findings;
  if (!flaw) throw new Error('The sample has no finding.');
  const { provocation, condition = 'taken' } = flaw;
  const sent = { provocation, condition, outcome: 'fail' as const };
  const cells = sample.cells.map((cell) =>
    cell.operation === flaw.operation && cell.status === flaw.status
      ? { ...cell, outcome: 'fail' as const, cases: cell.cases.map((each) => ({ ...each, ...sent })) }
      : cell,
  );
  const report = at('2026-11-25T02:00:00Z', { cells, findings: [flaw] });
  const night = (day: number, change: Partial<Report> = {}) => at(`2026-11-${day}T02:00:00Z`, { cells, ...change });
  const had = { findings: [flaw] };
  const clean = { findings: [] };
  const untested = {
    findings: [],
    cells: cells.map((cell) => ({
      ...cell,
      cases: cell.cases.map((each) => ({ ...each, outcome: 'error' as const })),
    })),
  };
  const since = (...reports: Report[]) => dateFindings(reports.map(toPastRun), report)[0]?.since?.slice(8, 10);

  test.each<[string, Report[], string | undefined]>([
    [
      'the first of the runs on end that had it',
      [night(20, had), night(21, clean), night(22, had), night(24, had)],
      '22',
    ],
    ['whatever order they are read in', [night(24, had), night(22, had), night(20, clean)], '22'],
    ['no earlier run where the last one had it not', [night(22, had), night(24, clean)], undefined],
    ['before a run that did not look', [night(22, had), night(23, untested), night(24, had)], '22'],
    ['and not only then', [night(22, had), night(24, untested)], '22'],
    ['no run of another check', [night(24, { findings: [{ ...flaw, check: 'other' }] })], undefined],
    [
      'no run of another API',
      [night(24, { ...had, target: { ...sample.target, url: 'https://other.example' } })],
      undefined,
    ],
    ['no run that came later', [night(26, had)], undefined],
    ['nothing where there is no history', [], undefined],
  ])('%s', (_, reports, day) => {
    expect(since(...reports)).toBe(day);
  });
});
