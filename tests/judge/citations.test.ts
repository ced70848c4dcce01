import { expect, test } from 'vitest';
import { findStrayClause, findUnwritten } from '../../judge/citations.ts';
import type { Clause } from '../../schemas/contract.ts';
import { CONTRACT, LAW } from './sample-law.ts';

const { catalogue } = LAW;
const own = CONTRACT.clauses.filter(({ set }) => set === 'contract');
const common = CONTRACT.clauses.filter(({ set }) => set !== 'contract');

/** The clauses of the suite with one changed. */
const changed = (id: string, change: Partial<Clause>) =>
  common.map((clause) => (clause.id === id ? { ...clause, ...change } : clause));
const noSql = common.findIndex(({ id }) => id === 'no-sql');

test('every clause is cited by a check, and every check cites one', () => {
  expect(findStrayClause(own, common, catalogue)).toBeUndefined();
  expect(findStrayClause(common, own, catalogue)).toBeUndefined();
  expect(findUnwritten(CONTRACT.clauses, catalogue)).toBeUndefined();
});

test.each(['meaning-404', 'canonical-fields-only', 'stable-answer'])(
  'the clause %s must be there, because a check cites it',
  (clause) => {
    const check = [...catalogue.exchange, ...catalogue.group].find((each) => each.clause === clause)?.id;
    const others = CONTRACT.clauses.filter(({ id }) => id !== clause);
    expect(findUnwritten(others, catalogue)).toEqual({ check, clause });
  },
);

test('a clause that no check cites has a misspelt id, or a reason', () => {
  expect(findStrayClause(changed('no-sql', { id: 'no-sqll' }), own, catalogue)).toEqual({
    place: ['clauses', noSql, 'id'],
    expected: 'an id that a check cites, as "no-sql" is, or a reason in `excluded`',
    found: '"no-sqll"',
  });
  const more: Clause = { ...(own[0] as Clause), id: 'more' };
  expect(findStrayClause([...own, more], common, catalogue)).toEqual({
    place: ['clauses', own.length, 'id'],
    expected: 'an id that a check cites, or a reason in `excluded`',
    found: '"more"',
  });
  const excluded = { ...more, excluded: 'cannot be seen from outside' };
  expect(findStrayClause([...own, excluded], common, catalogue)).toBeUndefined();
});

test('what stands elsewhere is not taken for what was meant', () => {
  const [first] = own as [Clause];
  expect(findStrayClause([{ ...first, id: 'no-sqll' }], common, catalogue)).toMatchObject({
    expected: 'an id that a check cites, or a reason in `excluded`',
  });
  expect(findStrayClause([{ ...first, id: 'meaning-40' }], common, catalogue)).toMatchObject({
    expected: 'an id that a check cites, as "meaning-400" is, or a reason in `excluded`',
  });
});

test('a clause that a check cites is not excluded', () => {
  expect(findStrayClause(changed('no-sql', { excluded: 'too hard' }), own, catalogue)).toEqual({
    place: ['clauses', noSql, 'excluded'],
    expected: 'no reason, because the check "no-sql" covers the clause',
    found: '"too hard"',
  });
});
