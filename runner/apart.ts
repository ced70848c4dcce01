import { type Answer, withheldAnswer } from '../judge/answer.ts';
import type { Case } from '../plan/case.ts';
import { cellKeyOf } from '../plan/cell-key.ts';
import type { PlannedCell } from '../plan/plan.ts';

/** A case that is sent while nothing else is under way, and the cell that it is of. */
export type Apart = { cell: PlannedCell; case: Case };

/** What came of such cases, by `answerKey`. */
export type Answers = Record<string, Answer>;

/** Names a case within a run. */
export function answerKey({ operation, status }: PlannedCell, { id }: Pick<Case, 'id'>): string {
  return `${cellKeyOf({ operation: operation.id, status })} ${id}`;
}

/** One answer for all of them: none was sent, and why. */
export function withhold(apart: readonly Apart[], outcome: 'untestable' | 'error', reason: string): Answers {
  const entries = apart.map(({ cell, case: each }) => {
    return [answerKey(cell, each), withheldAnswer(each, { outcome, reason })] as const;
  });
  return Object.fromEntries(entries);
}
