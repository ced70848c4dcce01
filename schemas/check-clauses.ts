import type { Clause } from './contract.ts';
import { type Part, partAt, refuse } from './part.ts';

/** Throws a ContractError for two clauses with the same id. */
export function checkClauses(whole: Part, clauses: readonly Clause[]): void {
  const ids = clauses.map(({ id }) => id);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) < index);
  if (twice >= 0) throw refuse(partAt(whole, 'clauses', twice, 'id'), 'an id that no other clause has');
}
