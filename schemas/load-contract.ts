import { checkClauses } from './check-clauses.ts';
import { checkOperations } from './check-operations.ts';
import { checkSchemas } from './check-schemas.ts';
import type { Contract } from './contract.ts';
import { OWN_CONTRACT, readSources } from './read-contract.ts';

/**
 * Reads the contract from a directory that holds `openapi.yaml`, the files that it refers to and `clauses.yaml`, and
 * checks all of it. Throws a ContractError whose one sentence names file, line and place, what was expected there and what was
 * found.
 */
export function loadContract(directory: string = OWN_CONTRACT): Contract {
  const sources = readSources(directory);
  checkClauses(sources.clauses);
  checkOperations(sources.openapi, sources.contract);
  checkSchemas(sources);
  return sources.contract;
}
