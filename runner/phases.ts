import type { Via } from '../plan/case.ts';
import { hasVia, type PlannedCell } from '../plan/plan.ts';

/** A part of a run. What is brought about in one of these ways is sent in it; `alone` says that nothing else may be under way. */
export type Phase = { name: string; via: readonly Via[]; alone: boolean };

/** The parts of a run, in their order: first what touches nothing else, last what every other request would feel. */
export const PHASES = [
  { name: 'requests', via: ['request', 'probe', 'driver'], alone: false },
  { name: 'switches', via: ['switch'], alone: true },
  { name: 'burst', via: ['burst'], alone: true },
] as const satisfies readonly Phase[];

/** The phase that a cell ends in: the last one that any of its cases is sent in. */
export function phaseOf(cell: PlannedCell): Phase {
  return PHASES.findLast(({ via }) => via.some((each) => hasVia(cell, each))) ?? PHASES[0];
}

/** Whether a case is sent while nothing else is under way, and not with the others of its cell. */
export function isSentApart({ via }: { via: Via }): boolean {
  return PHASES.some((phase) => phase.alone && (phase.via as readonly Via[]).includes(via));
}
