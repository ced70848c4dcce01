import type { Contract } from '../../schemas/contract.ts';
import type { Check, GroupCheck } from './check.ts';
import { contractChecks } from './contract-checks.ts';
import { effectChecks } from './effect-checks.ts';
import { groupChecks } from './group-checks.ts';
import { httpChecks } from './http-checks.ts';
import { hygieneChecks } from './hygiene-checks.ts';

/** Every check there is: those on one exchange and those on a cell's exchanges together. */
export type Catalogue = { exchange: Check[]; group: GroupCheck[] };

/** The catalogue for a contract; some checks exist once for each of its statuses. */
export function makeCatalogue(contract: Contract): Catalogue {
  return {
    exchange: [
      ...contractChecks(contract.statuses),
      ...effectChecks(contract.statuses),
      ...httpChecks,
      ...hygieneChecks,
    ],
    group: groupChecks,
  };
}
