import type { Exchange } from '../model/exchange.ts';
import { type Answer, isOrganic, matterOf, rated, recordOf } from './answer.ts';
import type { CaseRecord, CellRecord, FindingWithEvidence } from './finding.ts';
import { addBroken, judgeExchange, type Law, type Tally } from './judge.ts';

/** What probes came to: the records and findings of those that convict, one for each cause, and a summary of all. */
type Probed = { cases: CaseRecord[]; findings: FindingWithEvidence[]; probes?: CellRecord['probes'] };

/** Judges generated requests. They enter the tally by what they break only: that one breaks nothing shows nothing. */
export function judgeProbes(operation: string, status: number, answers: Answer[], law: Law, tally: Tally): Probed {
  const sent = answers.filter(
    (answer) =>
      answer.case.via === 'probe' &&
      !answer.blocked &&
      answer.exchanges.some(({ exchange }) => exchange.failure?.kind !== 'held'),
  );
  if (sent.length === 0) return { cases: [], findings: [] };
  const statuses: Record<string, number> = {};
  const causes = new Map<string, { finding: FindingWithEvidence; answer: Answer; seen: number }>();
  let broken = 0;
  for (const answer of sent) {
    const exchange = answer.exchanges[0]?.exchange as Exchange;
    const got = String(exchange.response?.status ?? 'none');
    statuses[got] = (statuses[got] ?? 0) + 1;
    const own: Tally = {};
    const matter = matterOf(operation, status, answer.case, exchange, law);
    const findings = judgeExchange(exchange, matter, law, own)
      .filter((finding) => finding.level !== 'MAY')
      .map((finding) => rated(finding, answer));
    if (findings.length > 0) broken += 1;
    if (isOrganic(matter)) addBroken(tally, own);
    for (const finding of findings) {
      const known = causes.get(finding.cluster);
      const isSmaller = !known || sizeOf(exchange) < sizeOf(known.finding.evidence.exchange);
      causes.set(finding.cluster, {
        ...(isSmaller ? { finding, answer } : known),
        seen: (known?.seen ?? 0) + 1,
      });
    }
  }
  const examples = [...causes.values()];
  const findings = examples.map(({ finding, seen }) => ({ ...finding, seen }));
  const shown = [...new Set(examples.map(({ answer }) => answer))];
  const cases = shown.map((answer) => {
    const own = findings.filter((finding) => finding.case === answer.case.id);
    return { ...recordOf(answer, own, law), probe: true as const };
  });
  return { cases, findings, probes: { sent: sent.length, broken, statuses } };
}

/** How much there is to read of a request. */
function sizeOf({ request }: Exchange): number {
  return request.target.length + (request.body === undefined ? 0 : Object.values(request.body).join('').length);
}
