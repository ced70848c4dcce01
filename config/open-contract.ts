import { tellMistake } from '../documents/mistake.ts';
import { makeCatalogue } from '../judge/checks/catalogue.ts';
import { findStrayClause, findUnwritten } from '../judge/citations.ts';
import { withUnmatchedRoute } from '../provocations/unmatched-route.ts';
import type { Contract } from '../schemas/contract.ts';
import { ContractError } from '../schemas/contract-error.ts';
import { loadWritten } from '../schemas/load-contract.ts';
import { OWN_CONTRACT } from '../schemas/read-contract.ts';

/**
 * The contract that a run is about, with a row for the paths it does not name. All of it is checked, and that it fits the checks
 * there are; throws a ContractError when it does not.
 */
export function openContract(directory: string = OWN_CONTRACT): Contract {
  const { contract, written, common } = loadWritten(directory);
  const catalogue = makeCatalogue(contract);
  for (const [clauses, other] of [
    [written, common],
    [common, written],
  ]) {
    const stray = clauses && findStrayClause(clauses.value.clauses, other?.value.clauses ?? [], catalogue);
    if (stray) throw new ContractError(tellMistake(clauses, stray));
  }
  const missing = findUnwritten(contract.clauses, catalogue);
  if (!missing) return withUnmatchedRoute(contract);
  // Those that a contract lacks are made; so it is one that the suite should have.
  const expected = `the clause "${missing.clause}", which the check "${missing.check}" cites`;
  throw new ContractError(tellMistake(common, { place: ['clauses'], expected, found: 'none' }));
}
