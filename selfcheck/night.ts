import type { Compared } from '../report/changes.ts';
import type { Report } from '../report/report.ts';

/** What of a report another one is held beside, and no more: trials are handed from thread to thread. */
export function toNight({ run, verdict, errors, target, cells, findings, evidence }: Report): Compared {
  return {
    run: { startedAt: run.startedAt },
    verdict,
    errors,
    target: { counts: target.counts },
    cells: cells.map(({ operation, status, outcome, reason, cases, probes }) => ({
      operation,
      status,
      outcome,
      ...(reason !== undefined && { reason }),
      ...(probes && { probes: { kinds: probes.kinds } }),
      cases: cases.map(({ provocation, condition, outcome: own, probe }) => ({
        provocation,
        outcome: own,
        ...(condition && { condition }),
        ...(probe && { probe }),
      })),
    })),
    findings: findings.map(
      ({
        check,
        operation,
        condition,
        provocation,
        kind,
        seen,
        place,
        level,
        set,
        status,
        provenance,
        evidence: at,
      }) => ({
        check,
        operation,
        ...(condition && { condition }),
        provocation,
        ...(kind !== undefined && { kind }),
        seen,
        place,
        level,
        set,
        status,
        provenance,
        evidence: at,
      }),
    ),
    evidence: evidence.map(({ exchange }) => ({ exchange: { request: { method: exchange.request.method } } })),
  };
}
