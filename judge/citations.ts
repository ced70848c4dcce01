import type { Mistake } from '../documents/mistake.ts';
import { showValue } from '../documents/show-value.ts';
import type { Contract } from '../schemas/contract.ts';
import type { Catalogue } from './checks/catalogue.ts';

/**
 * What is wrong between the clauses of a contract and the checks that cite them, at a place in clauses.yaml: a clause that a
 * check cites and nobody wrote, or one that no check cites and that does not say why. Undefined when nothing is.
 */
export function findCitationMistake(
  { clauses }: Pick<Contract, 'clauses'>,
  { exchange, group }: Catalogue,
): Mistake | undefined {
  const checks = [...exchange, ...group];
  const missing = checks.find(({ clause }) => !clauses.some(({ id }) => id === clause));
  const uncited = clauses.findIndex(
    ({ id, excluded }) => excluded === undefined && !checks.some(({ clause }) => clause === id),
  );
  if (uncited >= 0) {
    const such = missing ? `, as "${missing.clause}" is` : '';
    return {
      place: ['clauses', uncited, 'id'],
      expected: `an id that a check cites${such}, or a reason in \`excluded\``,
      found: showValue(clauses[uncited]?.id),
    };
  }
  if (missing) {
    const expected = `the clause "${missing.clause}", which the check "${missing.id}" cites`;
    return { place: ['clauses'], expected, found: 'none' };
  }
  for (const [index, { id, excluded }] of clauses.entries()) {
    const covering = excluded !== undefined && checks.find(({ clause }) => clause === id);
    if (!covering) continue;
    const expected = `no reason, because the check "${covering.id}" covers the clause`;
    return { place: ['clauses', index, 'excluded'], expected, found: showValue(excluded) };
  }
  return undefined;
}
