import { checkClauses } from './check-clauses.ts';
import { checkOperations } from './check-operations.ts';
import { checkSchemas } from './check-schemas.ts';
import type { Contract } from './contract.ts';
import { makeClauses } from './make-clauses.ts';
import { type Clauses, commonClauses, readClauses } from './read-clauses.ts';
import { OWN_CONTRACT, readSources } from './read-contract.ts';

/** A contract, and where its clauses are written: by those whose contract it is, if they wrote any, and by the suite. */
export type Loaded = { contract: Contract; written: Clauses | undefined; common: Clauses };

/**
 * Reads the contract from a directory that holds `openapi.yaml`, the files that it refers to and, where somebody wrote one,
 * `clauses.yaml`, and checks all of it; clauses that nobody wrote are made. Throws a ContractError whose one sentence names file,
 * line and place, what was expected there and what was found.
 */
export function loadWritten(directory: string): Loaded {
  const sources = readSources(directory);
  const [written, common] = [readClauses(directory), commonClauses()];
  if (written) checkClauses(written, common.value.clauses);
  checkOperations(sources.openapi, sources.contract);
  checkSchemas(sources);
  const own = written?.value.clauses ?? [];
  const clauses = [...own, ...makeClauses(sources, own), ...common.value.clauses];
  return { contract: { ...sources.contract, clauses }, written, common };
}

/** Reads a contract and checks it; throws a ContractError when it is wrong. */
export function loadContract(directory: string = OWN_CONTRACT): Contract {
  return loadWritten(directory).contract;
}
