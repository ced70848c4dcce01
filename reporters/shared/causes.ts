import type { Evidence, Finding } from '../../judge/finding.ts';
import { causeOf, isSuccess } from '../../judge/fingerprint.ts';
import { isHeldAgainst, wasSeenOnce } from '../../judge/outcome.ts';
import { compareRanks, GRAVITIES, type Gravity, gravityOf, type Rank } from '../../report/gravity.ts';
import type { Report } from '../../report/report.ts';
import { formatPlural } from './format.ts';

/** All findings that have the same cause, as far as can be told. */
export type Cause = {
  /** By `causeOf`. */
  id: string;
  /** The gravest finding; its level, set, check and clause stand for the whole. */
  head: Finding;
  /** What the head comes to. */
  gravity: Gravity;
  /** Whether the head is the API's own, not waived, and was seen more than once. */
  stands: boolean;
  /** Whether the head decides the verdict: its set counts, the API itself gave the answer, and it showed more than once. */
  counted: boolean;
  findings: Finding[];
  /** Operations touched, in the contract's order, each with the statuses of its cells, ascending. */
  operations: { id: string; statuses: number[] }[];
  /** How many cells (operation × status) it touches. */
  cells: number;
  /** The head-grade finding whose exchange is the smallest. */
  example: Finding;
};

const measure = (evidence: Evidence | undefined): number => {
  if (evidence === undefined) return Number.POSITIVE_INFINITY;
  const { url, request, response } = evidence.exchange;
  const sent = request.body === undefined ? '' : Object.values(request.body).join('');
  const headers = [...request.headers, ...(response?.headers ?? [])].reduce((sum, pair) => sum + pair.join().length, 0);
  return url.length + sent.length + headers + (response?.bodyBytes ?? 0);
};

const listOperations = (findings: readonly Finding[], order: ReadonlyMap<string, number>): Cause['operations'] => {
  const statuses = new Map<string, Set<number>>();
  for (const { operation, status } of findings) {
    statuses.set(operation, (statuses.get(operation) ?? new Set()).add(status));
  }
  const place = (id: string): number => order.get(id) ?? order.size;
  return [...statuses]
    .map(([id, found]) => ({ id, statuses: [...found].sort((a, b) => a - b) }))
    .sort((a, b) => place(a.id) - place(b.id));
};

const least = (findings: readonly [Finding, ...Finding[]], size: (finding: Finding) => number): Finding =>
  findings.reduce((best, finding) => (size(finding) < size(best) ? finding : best), findings[0]);

const rankOf = (cause: Pick<Cause, 'gravity' | 'head' | 'stands' | 'operations' | 'findings'>): Rank => ({
  gravity: cause.gravity,
  level: cause.head.level,
  stands: cause.stands,
  condition: cause.head.condition,
  operations: cause.operations.length,
  findings: cause.findings.length,
});

/** Groups the findings by cause, in the order of `compareRanks`; ties keep the report's order. */
export const groupFindings = (report: Report): Cause[] => {
  const { counts } = report.target;
  const order = new Map(report.operations.map(({ id }, index) => [id, index]));
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of report.findings) {
    const group = groups.get(causeOf(finding));
    if (group === undefined) groups.set(causeOf(finding), [finding]);
    else group.push(finding);
  }
  const gravity = (finding: Finding): Gravity =>
    gravityOf(finding, report.evidence[finding.evidence]?.exchange.request.method ?? '');
  const weight = (finding: Finding): number =>
    (stands(finding) ? 0 : GRAVITIES.length * 2) +
    GRAVITIES.indexOf(gravity(finding)) * 2 +
    (isHeldAgainst(finding, counts) ? 0 : 1);
  const causes = [...groups].map(([id, findings]): Cause => {
    const head = least(findings, weight);
    const operations = listOperations(findings, order);
    return {
      id,
      head,
      gravity: gravity(head),
      stands: stands(head),
      counted: isHeldAgainst(head, counts),
      findings,
      operations,
      cells: operations.reduce((sum, { statuses }) => sum + statuses.length, 0),
      example: least([head, ...findings.filter((each) => weight(each) === weight(head))], ({ evidence }) =>
        measure(report.evidence[evidence]),
      ),
    };
  });
  return causes.sort((one, other) => compareRanks(rankOf(one), rankOf(other)));
};

/** Whether a finding is the API's own, is not waived, and was seen more than once. */
const stands = (finding: Finding): boolean =>
  finding.provenance === 'organic' && finding.waived === undefined && !wasSeenOnce(finding);

/** What a cause is known by besides its check: `no-credential answered 201`, `404 at /summary`, `no answer`. */
export const describeCause = ({ condition, seen, place }: Pick<Finding, 'condition' | 'seen' | 'place'>): string => {
  const on = condition !== undefined && isSuccess({ seen }) ? `${condition} answered ` : '';
  return `${on}${seen === 'none' ? 'no answer' : seen}${place === '' ? '' : ` at ${place}`}`;
};

/** How far a cause reaches: `12 findings on 3 operations`. */
export const describeReach = (findings: number, operations: number): string =>
  `${formatPlural(findings, 'finding')} on ${formatPlural(operations, 'operation')}`;
