import type { Report } from '../../report/report.ts';
import type { Fault } from './hostile.ts';
import type { Seen } from './run-hostile.ts';

/** Whose fault a run took it for, gravest first; empty when nothing was wrong at all. */
export function faultsOf(seen: Seen): Fault[] {
  if ('sentence' in seen) return [/cannot be reached|gives no answer/.test(seen.sentence) ? 'network' : 'ours'];
  const { findings, cells, errors } = seen.report;
  const reasons = cells.filter(({ outcome }) => outcome === 'error').map(({ reason = '' }) => reason);
  const unreached = reasons.filter((reason) => reason.startsWith('the target could not be reached'));
  const faults: Fault[] = [];
  if (findings.some(({ level, intermittent }) => level !== 'MAY' && intermittent?.seen !== 1)) faults.push('theirs');
  if (unreached.length > 0) faults.push('network');
  // What is left behind on a target that is gone is no trouble of its own.
  if (reasons.length > unreached.length || (errors.length > 0 && unreached.length === 0)) faults.push('ours');
  return faults;
}

/** The verdict that a run must come to. */
export function isRightVerdict(report: Report, fault: Fault): boolean {
  if (fault === 'theirs')
    return breaksMust(report) ? report.verdict === 'non-conformant' : report.verdict === 'incomplete';
  // No server of the catalogue is asked for all nine errors.
  return report.verdict === (fault === 'nobody' ? 'incomplete' : 'error');
}

function breaksMust({ findings }: Report): boolean {
  return findings.some(({ level }) => level === 'MUST');
}

/** How the answers failed that findings are about. */
export function failuresOf({ findings, evidence }: Report): string[] {
  const kinds = findings.map((finding) => evidence[finding.evidence]?.exchange.failure?.kind ?? 'none');
  return [...new Set(kinds)];
}
