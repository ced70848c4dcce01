import { expect, test } from 'vitest';
import { makeLaw } from '../../judge/law.ts';
import { CONTRACT } from './sample-law.ts';

test('a law has the clause of each of its checks', () => {
  const { catalogue, clauses } = makeLaw(CONTRACT, ['contract']);
  for (const { clause } of [...catalogue.exchange, ...catalogue.group]) expect(clauses.get(clause)?.id).toBe(clause);
});

test('a check whose clause is missing is told when the law is made, and not when something is found', () => {
  const clauses = CONTRACT.clauses.filter(({ id }) => id !== 'no-sql');
  expect(() => makeLaw({ ...CONTRACT, clauses }, ['contract'])).toThrow(
    'The check "no-sql" cites the clause "no-sql", which does not exist.',
  );
});
