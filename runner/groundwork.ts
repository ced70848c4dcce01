import type { Answer } from '../engine/answer.ts';
import type { ControlOutcome } from '../engine/build-report.ts';
import type { Case, World } from '../engine/case.ts';

/** What stands before any cell runs: the objects on the target and what became of the controls. */
export type Groundwork = { world: World; controls: Record<string, ControlOutcome> };

/** Why a case may not be sent: a setting keeps it back, or a control of its own did not hold, so that no error could be credited. */
export function whyBlocked(each: Case, groundwork: Groundwork): Answer['blocked'] {
  if (each.withheld !== undefined) return { outcome: 'untestable', reason: each.withheld };
  const unheld = each.controls.filter((control) => !groundwork.controls[control.id]?.record.held);
  const failed = unheld.find((control) => !control.optional) ?? unheld[0];
  if (!failed) return undefined;
  const reason = groundwork.controls[failed.id]?.record.reason ?? 'it was not sent';
  // An id that may be somebody's is nobody's fault: the control was not sent, and the case cannot be.
  const isKept = groundwork.controls[failed.id]?.evidence?.exchange.failure?.code === 'ENOTFREE';
  const outcome = failed.optional || isKept ? 'untestable' : 'error';
  return { outcome, reason: `the control "${failed.title}" did not hold: ${reason}` };
}
