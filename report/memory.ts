import type { CaseRecord, CellRecord, Finding } from '../judge/finding.ts';
import { fingerprintOf, type Traits } from '../judge/fingerprint.ts';
import { isProvoked } from '../judge/outcome.ts';
import type { Report } from './report.ts';

/** What a run found and what it looked at, to hold the findings of another run beside. */
export type Memory = {
  /** Whether it found the same defect. */
  has(defect: Traits): boolean;
  /** Whether it sent what shows the defect. */
  lookedAt(defect: Traits): boolean;
};

/** What of a report is remembered. */
export type Remembered = Pick<Report, 'readFrom'> & {
  cells: (Pick<CellRecord, 'operation' | 'outcome'> & {
    cases: Pick<CaseRecord, 'provocation' | 'condition' | 'outcome' | 'probe'>[];
    probes?: Pick<NonNullable<CellRecord['probes']>, 'kinds'>;
  })[];
  findings: (Traits & Pick<Finding, 'level'>)[];
};

/** What a report remembers; one of an older format knows defects without condition, kind and place. */
export function remember({ cells, findings, readFrom }: Remembered): Memory {
  const [nameOf, placeOf] = readFrom === undefined ? [fingerprintOf, lookOf] : [olderNameOf, olderLookOf];
  const found = new Set(findings.filter(({ level }) => level !== 'MAY').map(nameOf));
  const looks = cells.flatMap(({ operation, cases, probes }) => {
    const sent = cases.filter((each) => isProvoked(each) && !each.probe);
    const kinds = (probes?.kinds ?? []).map((kind) => `${operation} ${kind}`);
    return [...sent.map((each) => placeOf({ ...each, operation })), ...kinds];
  });
  const looked = new Set(looks);
  return { has: (defect) => found.has(nameOf(defect)), lookedAt: (defect) => looked.has(placeOf(defect)) };
}

type Look = Pick<Traits, 'operation' | 'condition' | 'provocation' | 'kind'>;

/** What has to be sent to see a defect: a kind of probe, or a provocation under its condition. */
function lookOf({ operation, condition, provocation, kind }: Look): string {
  return kind === undefined ? [operation, condition, provocation].join(' | ') : `${operation} ${kind}`;
}

function olderLookOf({ operation, provocation, kind }: Look): string {
  return kind === undefined ? `${operation} | ${provocation}` : '';
}

function olderNameOf({
  check,
  operation,
  provocation,
  seen,
}: Pick<Finding, 'check' | 'operation' | 'provocation' | 'seen'>): string {
  return [check, operation, provocation, seen].join(' | ');
}
