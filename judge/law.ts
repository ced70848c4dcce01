import type { GatewaySign } from '../plan/case.ts';
import type { Clause, ClauseSet, Contract } from '../schemas/contract.ts';
import { type Catalogue, makeCatalogue } from './checks/catalogue.ts';
import { findUnwritten } from './citations.ts';
import { makeRules, type Rules } from './rules.ts';

/** What judging needs to know: the checks, the clauses they cite, the published bodies, which sets decide, and whose answers are not the API's own. */
export type Law = {
  catalogue: Catalogue;
  clauses: ReadonlyMap<string, Clause>;
  rules: Rules;
  counts: ClauseSet[];
  /** How an answer of a gateway in front is told; none is when absent. */
  gateway?: readonly GatewaySign[];
};

/**
 * The law of a contract. Throws when a check cites a clause that is not there: it would be known only when something is found, and
 * until then all that it looks at would seem to hold.
 */
export function makeLaw(contract: Contract, counts: ClauseSet[], gateway: readonly GatewaySign[] = []): Law {
  const catalogue = makeCatalogue(contract);
  const missing = findUnwritten(contract.clauses, catalogue);
  if (missing)
    throw new Error(`The check "${missing.check}" cites the clause "${missing.clause}", which does not exist.`);
  const clauses = new Map(contract.clauses.map((clause) => [clause.id, clause]));
  return { catalogue, clauses, rules: makeRules(contract), counts, gateway };
}
