import type { Case, TargetProfile } from '../plan/case.ts';
import type { PlannedCell } from '../plan/plan.ts';
import { hasWrongCredential } from './phases.ts';

/** How many requests with a wrong credential a run may still send. */
export type CredentialBudget = {
  /**
   * The cases that are one too many, by cell. What is left goes to as many operations as possible, and there to each another way to
   * be wrong.
   */
  allot(cells: readonly { cell: PlannedCell; cases: readonly Case[] }[]): Map<PlannedCell, Case[]>;
  /** Why these are not sent. */
  reason: string;
};

/** A budget for one of so many shards: no part of a run knows of what the others send. */
export function createBudget(most: TargetProfile['wrongCredentials'], shards: number): CredentialBudget {
  let left = most === 'unlimited' ? Number.POSITIVE_INFINITY : Math.floor(most / shards);
  return {
    allot(cells) {
      const over = new Map<PlannedCell, Case[]>();
      const queues = cells.map(({ cell, cases }, index) => ({
        cell,
        queue: turned(cases.filter(hasWrongCredential), index),
      }));
      for (let rank = 0; queues.some(({ queue }) => rank < queue.length); rank++)
        for (const { cell, queue } of queues) {
          const each = queue[rank];
          if (!each) continue;
          const cost = each.repeat ? 2 : 1;
          if (cost > left) over.set(cell, [...(over.get(cell) ?? []), each]);
          else left -= cost;
        }
      return over;
    },
    reason: `so that nobody is locked out, a run sends ${most} requests with a wrong credential at most (wrongCredentials in the target profile)`,
  };
}

/** A list that begins at another of its entries. */
function turned<Item>(items: readonly Item[], by: number): Item[] {
  const start = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
