import type { Exchange } from '../model/exchange.ts';
import { isSteady } from '../plan/probe-kinds.ts';
import { type Answer, isOrganic, matterOf, rated, recordOf } from './answer.ts';
import type { CaseRecord, CellRecord, FindingWithEvidence } from './finding.ts';
import { addBroken, judgeExchange, type Tally } from './judge.ts';
import type { Law } from './law.ts';
import { pickShown, type Shown } from './shown-probes.ts';

/** What probes came to: the records and findings of those that convict, one for each cause and kind, and a summary of all. */
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
  const all: Shown[] = [];
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
    all.push(...findings.map((finding) => ({ finding, answer })));
  }
  const { shown, left } = pickShown(all);
  const findings = shown.map(({ finding, probes }) => ({ ...finding, probes }));
  const cases = [...new Set(shown.map(({ answer }) => answer))].map((answer) => {
    const own = findings.filter((finding) => finding.case === answer.case.id);
    return { ...recordOf(answer, own, law), probe: true as const };
  });
  const kinds = [...new Set(sent.flatMap(({ case: { kinds: own = [] } }) => (isSteady(own) ? own : [])))];
  const told = kinds.filter((kind) => !left.has(kind)).sort();
  return { cases, findings, probes: { sent: sent.length, broken, statuses, kinds: told } };
}
