import type { Case, TargetProfile, Via } from '../plan/case.ts';
import { hasCondition, hasVia, type PlannedCell } from '../plan/plan.ts';
import type { Condition } from '../schemas/conditions.ts';

/**
 * A part of a run. What is brought about in one of these ways, or is about one of these conditions, is sent in it; `alone` says that its
 * cases are sent with nothing else under way.
 */
export type Phase = { name: string; via: readonly Via[]; conditions: readonly Condition[]; alone: boolean };

/** What carries a credential that is wrong: so many of them, and many a server lets nobody in any more. */
const WRONG_CREDENTIALS = ['wrong-credential', 'malformed-credential'] as const satisfies readonly Condition[];

/** The parts of a run, in their order: first what touches nothing else, last what every other request would feel. */
export const PHASES = [
  { name: 'requests', via: ['request', 'probe', 'driver'], conditions: [], alone: false },
  { name: 'switches', via: ['switch'], conditions: [], alone: true },
  { name: 'burst', via: ['burst'], conditions: [], alone: true },
  { name: 'credentials', via: [], conditions: WRONG_CREDENTIALS, alone: false },
] as const satisfies readonly Phase[];

/** The phase that a cell ends in: the last one that any of its cases is sent in. */
export function phaseOf(cell: PlannedCell, { wrongCredentials }: Pick<TargetProfile, 'wrongCredentials'>): Phase {
  const isIn = ({ via, conditions }: Phase) =>
    via.some((each) => hasVia(cell, each)) ||
    (wrongCredentials !== 'unlimited' && conditions.some((each) => hasCondition(cell, each)));
  return PHASES.findLast(isIn) ?? PHASES[0];
}

/** Whether a case is sent while nothing else is under way, and not with the others of its cell. */
export function isSentApart({ via }: { via: Via }): boolean {
  return PHASES.some((phase) => phase.alone && (phase.via as readonly Via[]).includes(via));
}

/** Whether a case carries a credential that is wrong. */
export function hasWrongCredential({ condition }: Pick<Case, 'condition'>): boolean {
  return WRONG_CREDENTIALS.some((each) => each === condition);
}
