import type { Evidence, Finding } from '../../judge/finding.ts';
import { isHeldAgainst } from '../../judge/outcome.ts';
import type { Report } from '../../report/report.ts';
import type { ClauseSet, Level } from '../../schemas/contract.ts';

/** All findings that have the same cause, as far as can be told. */
export type Cluster = {
  /** The findings' `cluster`. */
  id: string;
  /** The gravest finding; its level, set, check and clause stand for the whole. */
  head: Finding;
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

const LEVEL_RANK: Readonly<Record<Level, number>> = { MUST: 0, SHOULD: 1, MAY: 2 };

const gravity = (finding: Finding, counts: readonly ClauseSet[]): number =>
  LEVEL_RANK[finding.level] * 2 + (isHeldAgainst(finding, counts) ? 0 : 1);

const measure = (evidence: Evidence | undefined): number => {
  if (evidence === undefined) return Number.POSITIVE_INFINITY;
  const { url, request, response } = evidence.exchange;
  const sent = request.body === undefined ? '' : Object.values(request.body).join('');
  const headers = [...request.headers, ...(response?.headers ?? [])].reduce((sum, pair) => sum + pair.join().length, 0);
  return url.length + sent.length + headers + (response?.bodyBytes ?? 0);
};

const listOperations = (findings: readonly Finding[], order: ReadonlyMap<string, number>): Cluster['operations'] => {
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

/** Groups the findings by cause: by level, then sets that count, then breadth; ties keep the report's order. */
export const groupFindings = (report: Report): Cluster[] => {
  const { counts } = report.target;
  const order = new Map(report.operations.map(({ id }, index) => [id, index]));
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of report.findings) {
    const group = groups.get(finding.cluster);
    if (group === undefined) groups.set(finding.cluster, [finding]);
    else group.push(finding);
  }
  const clusters = [...groups].map(([id, findings]): Cluster => {
    const head = least(findings, (finding) => gravity(finding, counts));
    const grave = (finding: Finding): boolean => gravity(finding, counts) === gravity(head, counts);
    const operations = listOperations(findings, order);
    return {
      id,
      head,
      counted: isHeldAgainst(head, counts),
      findings,
      operations,
      cells: operations.reduce((sum, { statuses }) => sum + statuses.length, 0),
      example: least([head, ...findings.filter(grave)], ({ evidence }) => measure(report.evidence[evidence])),
    };
  });
  return clusters.sort(
    (a, b) =>
      gravity(a.head, counts) - gravity(b.head, counts) ||
      b.cells - a.cells ||
      b.operations.length - a.operations.length ||
      b.findings.length - a.findings.length,
  );
};
