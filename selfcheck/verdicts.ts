import type { Finding } from '../judge/finding.ts';
import type { Where } from '../reference/altering.ts';
import type { Report } from '../report/report.ts';
import { findUnsound } from './soundness.ts';
import type { Subject } from './subjects.ts';

/** What is wrong with how the suite judged a subject, one sentence each. */
export function findProblems(subject: Subject, outcome: Report | string): string[] {
  if (typeof outcome === 'string') return findPreflightProblems(subject, outcome);
  const unsound = findUnsound(outcome);
  const tripped = [...new Set(outcome.findings.map((finding) => finding.check))].sort();
  switch (subject.kind) {
    case 'reference':
      return [...unsound, ...differences(tripped, []), ...expectVerdict(outcome, ['conformant'])];
    case 'mutant': {
      const { trips, where } = subject.alteration;
      return [...unsound, ...differences(tripped, [...trips].sort()), ...misplaced(outcome.findings, where)];
    }
    case 'breach':
      return [...unsound, ...differences(tripped, [...subject.alteration.trips].sort())];
    case 'dialect':
      return [...unsound, ...expectNoAlarm(outcome), ...expectProvoked(outcome, subject.dialect.provokes)];
    case 'variant':
      return [...unsound, ...expectNoAlarm(outcome)];
    case 'degenerate':
      return [
        ...unsound,
        ...expectVerdict(outcome, ['non-conformant', 'error']),
        ...expectNoPass(outcome, subject.alteration.never ?? []),
        ...(subject.alteration.says === undefined ? [] : ['a run began']),
      ];
  }
}

function expectNoAlarm(report: Report): string[] {
  const alarms = report.findings.filter(isAlarm).map((finding) => finding.check);
  return [
    ...differences([...new Set(alarms)].sort(), []),
    ...expectVerdict(report, ['conformant', 'incomplete']),
    ...report.errors,
  ];
}

/** What was not brought about was not tested. */
function expectProvoked({ statuses }: Report, wanted: readonly number[]): string[] {
  return wanted.filter((status) => !statuses[status]?.provoked).map((status) => `nothing brought ${status} about`);
}

/** Whether a finding on a conforming server is a false alarm: anything of the contract or of hygiene, and every MUST of HTTP. */
function isAlarm({ set, level }: Pick<Finding, 'set' | 'level'>): boolean {
  return set !== 'http' || level === 'MUST';
}

/** A run that never began is right only where there is no API to test, and says so in one sentence. */
function findPreflightProblems({ kind, alteration }: Subject, sentence: string): string[] {
  if (kind !== 'degenerate' || alteration.says === undefined) return [`no run began: ${sentence}`];
  if (!/^[A-Z][^\n]+\.$/.test(sentence)) return [`the refusal is no plain sentence: ${sentence}`];
  return sentence.includes(alteration.says) ? [] : [`the refusal does not say "${alteration.says}": ${sentence}`];
}

function differences(found: string[], expected: string[]): string[] {
  const survived = expected.filter((id) => !found.includes(id)).map((id) => `${id} found nothing`);
  return [...survived, ...found.filter((id) => !expected.includes(id)).map((id) => `${id} found something`)];
}

function misplaced(findings: Finding[], { operation, status }: Where): string[] {
  const stray = findings.filter(
    (finding) =>
      (operation !== undefined && finding.operation !== operation) ||
      (status !== undefined && finding.status !== status && finding.actual !== status),
  );
  return [
    ...new Set(stray.map((finding) => `${finding.check} found something in ${finding.operation} ${finding.status}`)),
  ];
}

/** No cell of these statuses may pass, but that of routes that are not there, which may have any documented 4xx. */
function expectNoPass({ cells }: Report, never: number[]): string[] {
  return cells
    .filter(({ operation, status }) => never.includes(status) && operation !== 'unmatched-route')
    .filter(({ outcome }) => outcome === 'pass' || outcome === 'warn')
    .map(({ operation, status, outcome }) => `${operation} ${status} is a ${outcome}`);
}

function expectVerdict({ verdict, reasons }: Report, expected: string[]): string[] {
  return expected.includes(verdict) ? [] : [`the verdict is ${verdict}: ${reasons.join(' ')}`];
}
