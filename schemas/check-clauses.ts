import type { Clause } from './contract.ts';
import { partAt, refuse, wholeOf } from './part.ts';
import type { Clauses } from './read-clauses.ts';

/**
 * Throws a ContractError for two clauses of a contract with the same id, and for one that is not its own: with an id that the suite
 * has for every contract, or of another set.
 */
export function checkClauses(written: Clauses, common: readonly Clause[]): void {
  const { clauses } = written.value;
  const ids = clauses.map(({ id }) => id);
  for (const [index, { id, set }] of clauses.entries()) {
    const part = partAt(wholeOf(written), 'clauses', index);
    if (common.some((each) => each.id === id))
      throw refuse(partAt(part, 'id'), 'no clause that the suite has itself, for every contract');
    if (set !== 'contract')
      throw refuse(partAt(part, 'set'), 'contract, because the other sets are those of the suite');
    if (ids.indexOf(id) < index) throw refuse(partAt(part, 'id'), 'an id that no other clause has');
  }
}
