import type { Mistake } from '../documents/mistake.ts';
import { showValue } from '../documents/show-value.ts';
import type { Clause } from '../schemas/contract.ts';
import type { Catalogue } from './checks/catalogue.ts';

/**
 * What is wrong with the clauses of one file, at a place in it: one that no check cites and that does not say why, or one that says
 * why although a check does. `clauses` are all that stand in the file, `elsewhere` those of the other; undefined when nothing is.
 */
export function findStrayClause(
  clauses: readonly Clause[],
  elsewhere: readonly Clause[],
  { exchange, group }: Catalogue,
): Mistake | undefined {
  const checks = [...exchange, ...group];
  const open = checks
    .map(({ clause }) => clause)
    .filter((cited) => ![...clauses, ...elsewhere].some(({ id }) => id === cited));
  for (const [index, { id, excluded }] of clauses.entries()) {
    const check = checks.find(({ clause }) => clause === id);
    if (check && excluded !== undefined) {
      const expected = `no reason, because the check "${check.id}" covers the clause`;
      return { place: ['clauses', index, 'excluded'], expected, found: showValue(excluded) };
    }
    if (check || excluded !== undefined) continue;
    const meant = open.find((cited) => cited.split('-')[0] === id.split('-')[0]);
    const such = meant === undefined ? '' : `, as "${meant}" is`;
    return {
      place: ['clauses', index, 'id'],
      expected: `an id that a check cites${such}, or a reason in \`excluded\``,
      found: showValue(id),
    };
  }
  return undefined;
}

/** The first check that cites a clause which is not there, and that clause's id; undefined when all are. */
export function findUnwritten(
  clauses: readonly Clause[],
  { exchange, group }: Catalogue,
): { check: string; clause: string } | undefined {
  const missing = [...exchange, ...group].find(({ clause }) => !clauses.some(({ id }) => id === clause));
  return missing && { check: missing.id, clause: missing.clause };
}
