import type { Condition } from '../schemas/conditions.ts';
import type { Finding } from './finding.ts';

/** What a defect is known by. */
export type Traits = Pick<Finding, 'check' | 'operation' | 'condition' | 'provocation' | 'kind' | 'seen' | 'place'>;

/** Parts of what a finding is known by, those that are absent standing for all; of a place or pointer, `*` for any one step. */
export type Pattern = {
  check?: string;
  /** Operation ids. */
  operation?: string[];
  condition?: Condition[];
  provocation?: string[];
  /** Classes of the status that came. */
  seen?: string[];
  place?: string;
  /** As `place`, and of the body as it came rather than of the published one. */
  pointer?: string;
  /** Statuses of cells. */
  status?: number[];
};

/**
 * The identity of a defect from run to run. It has no value, object, seed or time in it: a probe counts by its kind of wrongness,
 * and a body by its published place.
 */
export function fingerprintOf({ check, operation, condition, provocation, kind, seen, place }: Traits): string {
  return [
    check,
    operation,
    condition ?? '',
    kind === undefined ? provocation : `${provocation} ${kind}`,
    seen,
    place,
  ].join(' | ');
}

/**
 * What fingerprints have in common that have one cause, as far as can be told: over operations and provocations. Where a success
 * came, it matters on what condition, for that is who got in and what was let pass; an error that is not as it should be is one
 * defect on whatever condition it came.
 */
export function causeOf(finding: Omit<Traits, 'operation' | 'provocation' | 'kind'>): string {
  const { check, condition, seen, place } = finding;
  return [check, isSuccess(finding) ? (condition ?? '') : '', seen, place].join(' | ');
}

/** Whether a success came. */
export function isSuccess({ seen }: Pick<Finding, 'seen'>): boolean {
  return /^2\d\d$/.test(seen);
}

/** Whether a pattern is about a finding. */
export function matches(pattern: Pattern, finding: Traits & Pick<Finding, 'status' | 'pointer'>): boolean {
  const { check, operation, condition, provocation, seen, place, pointer, status } = pattern;
  return (
    (check ?? finding.check) === finding.check &&
    (operation?.includes(finding.operation) ?? true) &&
    (condition?.some((each) => each === finding.condition) ?? true) &&
    (provocation?.includes(finding.provocation) ?? true) &&
    (seen?.includes(finding.seen) ?? true) &&
    (status?.includes(finding.status) ?? true) &&
    (place === undefined || isAt(finding.place, place)) &&
    (pointer === undefined || isAt(finding.pointer, pointer))
  );
}

function isAt(pointer: string, pattern: string): boolean {
  const [parts, wanted] = [pointer.split('/'), pattern.split('/')];
  return parts.length === wanted.length && wanted.every((part, index) => part === '*' || part === parts[index]);
}

/** The class that a status belongs to: crashes are one, whatever they call themselves. */
export function classOf(status: number | null): string {
  if (status === null) return 'none';
  return status >= 500 ? '5xx' : String(status);
}
