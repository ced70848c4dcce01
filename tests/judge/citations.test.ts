import { expect, test } from 'vitest';
import { makeCatalogue } from '../../judge/checks/catalogue.ts';
import { findCitationMistake } from '../../judge/citations.ts';
import type { Clause, Contract } from '../../schemas/contract.ts';
import { CONTRACT } from './sample-law.ts';

const CATALOGUE = makeCatalogue(CONTRACT);

/** The contract with a clause changed, or without it. */
function changed(id: string, change?: Partial<Clause>): Contract {
  const clauses = CONTRACT.clauses.flatMap((clause) => {
    if (clause.id !== id) return [clause];
    return change ? [{ ...clause, ...change }] : [];
  });
  return { ...CONTRACT, clauses };
}

test('every clause of the contract is cited by a check, and every check cites one', () => {
  expect(findCitationMistake(CONTRACT, CATALOGUE)).toBeUndefined();
});

test.each(['meaning-404', 'canonical-fields-only', 'stable-answer'])(
  'the clause %s must be there, because a check cites it',
  (id) => {
    const check = [...CATALOGUE.exchange, ...CATALOGUE.group].find(({ clause }) => clause === id)?.id;
    expect(findCitationMistake(changed(id), CATALOGUE)).toEqual({
      place: ['clauses'],
      expected: `the clause "${id}", which the check "${check}" cites`,
      found: 'none',
    });
  },
);

test('a status has its clauses', () => {
  const contract = { ...CONTRACT, statuses: [...CONTRACT.statuses, 502] };
  expect(findCitationMistake(contract, makeCatalogue(contract))).toMatchObject({
    expected: 'the clause "meaning-502", which the check "meaning-502" cites',
  });
});

test('a clause that no check cites has a misspelt id, or a reason', () => {
  const index = CONTRACT.clauses.findIndex(({ id }) => id === 'no-sql');
  expect(findCitationMistake(changed('no-sql', { id: 'no-sqll' }), CATALOGUE)).toEqual({
    place: ['clauses', index, 'id'],
    expected: 'an id that a check cites, as "no-sql" is, or a reason in `excluded`',
    found: '"no-sqll"',
  });
  const more: Clause = { ...(CONTRACT.clauses[0] as Clause), id: 'more' };
  const withMore = { ...CONTRACT, clauses: [...CONTRACT.clauses, more] };
  expect(findCitationMistake(withMore, CATALOGUE)).toEqual({
    place: ['clauses', CONTRACT.clauses.length, 'id'],
    expected: 'an id that a check cites, or a reason in `excluded`',
    found: '"more"',
  });
  const excluded = { ...more, excluded: 'cannot be seen from outside' };
  expect(findCitationMistake({ ...withMore, clauses: [...CONTRACT.clauses, excluded] }, CATALOGUE)).toBeUndefined();
});

test('a clause that a check cites is not excluded', () => {
  const index = CONTRACT.clauses.findIndex(({ id }) => id === 'no-sql');
  expect(findCitationMistake(changed('no-sql', { excluded: 'too hard' }), CATALOGUE)).toEqual({
    place: ['clauses', index, 'excluded'],
    expected: 'no reason, because the check "no-sql" covers the clause',
    found: '"too hard"',
  });
});
