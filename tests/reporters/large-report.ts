import type { Evidence, Finding } from '../../judge/finding.ts';
import type { Report } from '../../report/report.ts';
import { makeReport } from './sample-report.ts';

const FINDINGS = 10_000;
const CAUSES = 500;
const ANSWERS = 3000;

const makeEvidence = (like: Evidence, index: number): Evidence => {
  const body = JSON.stringify({
    summary: `answer ${index}`,
    trace: Array.from({ length: 90 }, (_, at) => `line ${at} of ${index} <&>`),
  });
  const { response, ...exchange } = like.exchange;
  return response
    ? { ...like, exchange: { ...exchange, response: { ...response, body, bodyBytes: body.length } } }
    : like;
};

/** A run of 100,000 exchanges and 10,000 findings with 500 causes in 3,000 different answers of some 3 KB. */
export const makeLargeReport = (): Report => {
  const report = makeReport(1200);
  const [like] = report.evidence;
  const [finding] = report.findings;
  const cells = report.cells.filter(({ cases }) => cases.length > 0);
  if (like === undefined || finding === undefined) throw new Error('The sample has no finding.');
  const first = report.evidence.length;
  const findings = Array.from({ length: FINDINGS }, (_, index): Finding => {
    const cell = cells[index % cells.length];
    return {
      ...finding,
      check: `check-${index % 40}`,
      operation: cell?.operation ?? '',
      status: cell?.status ?? 0,
      case: cell?.cases[index % cell.cases.length]?.id ?? '',
      message: `The field no. ${index % CAUSES} is not what was published.`,
      place: `/${index % CAUSES}`,
      evidence: first + (index % ANSWERS),
    };
  });
  const evidence = [...report.evidence, ...Array.from({ length: ANSWERS }, (_, index) => makeEvidence(like, index))];
  const ms = evidence.map((_, index) => index % 100);
  return { ...report, exchanges: 100_000, findings, evidence, run: { ...report.run, ms } };
};
