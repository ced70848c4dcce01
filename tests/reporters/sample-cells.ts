import type { CaseRecord, CellRecord, Counts, Evidence, Outcome } from '../../judge/finding.ts';
import type { Report } from '../../report/report.ts';
import { HOSTILE, OPERATIONS, STATUS_NAMES } from './sample-contract.ts';
import { plainEvidence } from './sample-evidence.ts';

type Operation = Report['operations'][number];

const PROVOCATIONS: Readonly<Record<number, string[]>> = {
  400: ['malformed-json', 'truncated-json', 'wrong-media-type', 'bad-percent-encoding', 'not-utf8', 'empty-body'],
  401: ['no-token', 'empty-token', 'changed-token', 'wrong-scheme', 'token-in-query'],
  403: ['restricted-object'],
  404: ['unknown-id', 'unknown-name', 'other-parent', 'deleted-object', 'malformed-id'],
  422: ['missing-field', 'wrong-type', 'null-field', 'out-of-range', 'unknown-enum', 'unknown-reference'],
  429: ['burst'],
  500: ['fault-recipe'],
  501: ['unknown-method'],
  504: ['slow-upstream'],
};

const notApplicable = ({ method, path }: Operation, status: number): string | undefined => {
  if (status === 404 && !path.includes('{')) return 'the path names no object';
  if (status === 422 && (method === 'GET' || method === 'DELETE')) return 'the request has no body to validate';
  return undefined;
};

/** Outcome of the cells that are not simply green, and why. */
const special = (operation: Operation, status: number): Pick<CellRecord, 'outcome' | 'reason' | 'provenance'> => {
  const { id, tag, method } = operation;
  if (status === 403)
    return {
      outcome: 'untestable',
      reason: 'no object hidden for administrators is configured (ECC_RESTRICTED_PATHS)',
    };
  if (status === 429 && id !== 'listStreams') {
    return { outcome: 'untestable', reason: 'needs the danger class "load", which is not allowed' };
  }
  if (status === 501) return { outcome: 'untestable', reason: `no provocation is known for it ${HOSTILE.script}` };
  if (status === 504) {
    return {
      outcome: 'untestable',
      provenance: 'simulated',
      reason: 'only simulated evidence (conforming), which says nothing about the API itself',
    };
  }
  if (status === 500 && id !== 'updateDatabase')
    return { outcome: 'untestable', reason: 'no way to make the target fail is configured' };
  if (status === 500) return { outcome: 'fail', provenance: 'organic' };
  if (id === 'deleteStream' && status === 404)
    return { outcome: 'error', reason: 'the target could not be reached: read ECONNRESET' };
  if (status === 404 && tag === 'streams') return { outcome: 'fail', provenance: 'organic' };
  if (status === 404 && tag === 'replays') return { outcome: 'fail', provenance: 'organic' };
  if (status === 400 && method === 'POST') return { outcome: 'fail', provenance: 'organic' };
  if (status === 422 && tag === 'streams') return { outcome: 'fail', provenance: 'organic' };
  if (status === 422) return { outcome: 'warn', provenance: 'organic' };
  return { outcome: 'pass', provenance: 'organic' };
};

const caseOutcome = (cell: Pick<CellRecord, 'outcome' | 'provenance'>, index: number): Outcome => {
  if (cell.provenance === 'simulated') return 'pass';
  return cell.outcome === 'untestable' || index % 3 === 0 ? cell.outcome : 'pass';
};

const count = (cases: readonly CaseRecord[]): Counts => {
  const of = (outcome: Outcome): number => cases.filter((record) => record.outcome === outcome).length;
  return {
    total: cases.length,
    pass: of('pass'),
    warn: of('warn'),
    fail: of('fail'),
    untestable: of('untestable'),
    error: of('error'),
  };
};

const makeCases = (
  status: number,
  cell: Pick<CellRecord, 'outcome' | 'reason' | 'provenance'>,
  size: number,
): CaseRecord[] => {
  const names = PROVOCATIONS[status] ?? [];
  return Array.from({ length: size }, (_, index): CaseRecord => {
    const outcome = caseOutcome(cell, index);
    const provocation = names[index % names.length] ?? 'unknown';
    const missing =
      outcome === 'error' || outcome === 'untestable' ? (cell.reason ?? 'a control did not hold') : undefined;
    return {
      id: `${provocation}/${['destination.http_endpoint', 'name', 'table', 'batch_size'][index % 4]}-${index}`,
      provocation,
      outcome,
      expected: status === 400 ? [400, 422] : [status],
      actual: missing === undefined ? status : null,
      provenance: cell.provenance ?? 'organic',
      controls: ['valid-token', ...(index === 2 ? ['get-database'] : [])],
      ...(missing === undefined ? {} : { reason: missing }),
    };
  });
};

/** Every cell of the matrix with `size` cases each, and a sample answer for each that was provoked. */
export const makeCells = (size: number, pool: Evidence[]): CellRecord[] =>
  OPERATIONS.flatMap((operation) =>
    Object.keys(STATUS_NAMES)
      .map(Number)
      .map((status): CellRecord => {
        const reason = notApplicable(operation, status);
        if (reason !== undefined) {
          return { operation: operation.id, status, outcome: 'not-applicable', reason, counts: count([]), cases: [] };
        }
        const cell = special(operation, status);
        const planned = cell.outcome !== 'untestable' || cell.provenance !== undefined;
        const cases = planned ? makeCases(status, cell, size) : [];
        if (planned) pool.push(plainEvidence(operation.method, operation.path, status, status));
        return {
          operation: operation.id,
          status,
          ...cell,
          counts: count(cases),
          cases,
          ...(planned ? { sample: pool.length - 1 } : {}),
        };
      }),
  );
