import { join } from 'node:path';
import { tellMistake } from '../documents/mistake.ts';
import { readDocument } from '../documents/read-document.ts';
import { makeCatalogue } from '../judge/checks/catalogue.ts';
import { findCitationMistake } from '../judge/citations.ts';
import { withUnmatchedRoute } from '../provocations/unmatched-route.ts';
import type { Contract } from '../schemas/contract.ts';
import { ContractError } from '../schemas/contract-error.ts';
import { loadContract } from '../schemas/load-contract.ts';
import { OWN_CONTRACT } from '../schemas/read-contract.ts';

/**
 * The contract that a run is about, with a row for the paths it does not name. All of it is checked, and that it fits the checks
 * there are; throws a ContractError when it does not.
 */
export function openContract(directory: string = OWN_CONTRACT): Contract {
  const contract = loadContract(directory);
  const mistake = findCitationMistake(contract, makeCatalogue(contract));
  if (!mistake) return withUnmatchedRoute(contract);
  const complain = (sentence: string) => new ContractError(sentence);
  throw complain(tellMistake(readDocument(join(directory, 'clauses.yaml'), { complain }), mistake));
}
