import { answersTo } from '../schemas/answers.ts';
import { CONDITIONS, type Condition } from '../schemas/conditions.ts';
import type { Contract } from '../schemas/contract.ts';
import type { Provocation } from './case.ts';

/** A condition that could be brought about on these operations, by id, and that none of their documented statuses answers. */
export type Unanswered = { condition: Condition; means: string; operations: string[] };

/**
 * The conditions that are provoked nowhere although a request could bring them about, because the contract does not say how they are
 * answered there. `provocations` are all there are.
 */
export function listUnanswered(contract: Contract, provocations: readonly Provocation[]): Unanswered[] {
  const places = new Map<Condition, Set<string>>();
  for (const operation of contract.operations) {
    // The row of paths that the contract does not name documents what it is there for.
    if (operation.method === 'ANY') continue;
    for (const { condition, status, via, appliesTo } of provocations) {
      // Generated input belongs to conditions that are brought about without it.
      if (status !== undefined || via === 'probe' || !appliesTo(operation)) continue;
      if (isOptional(condition) || answersTo(condition, operation, contract)) continue;
      places.set(condition, (places.get(condition) ?? new Set()).add(operation.id));
    }
  }
  return [...places].map(([condition, operations]) => ({
    condition,
    means: CONDITIONS[condition].means,
    operations: [...operations],
  }));
}

function isOptional(condition: Condition): boolean {
  return 'isOptional' in CONDITIONS[condition];
}
