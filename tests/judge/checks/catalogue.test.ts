import { describe, expect, test } from 'vitest';
import { makeCatalogue } from '../../../judge/checks/catalogue.ts';
import { CONTRACT, LAW } from '../sample-law.ts';

const checks = [...LAW.catalogue.exchange, ...LAW.catalogue.group];
const clauseOf = (id: string) => CONTRACT.clauses.find((clause) => clause.id === id);

describe('traceability', () => {
  test.each(CONTRACT.clauses)('$id is judged by a check, or says why not', (clause) => {
    const judging = checks.filter((check) => check.clause === clause.id);
    expect(judging.length > 0).toBe(clause.excluded === undefined);
  });

  test.each(checks)('$id cites a clause that exists', (check) => {
    expect(clauseOf(check.clause)).toBeDefined();
  });

  test('ids are unique and in kebab case', () => {
    for (const ids of [checks.map((check) => check.id), CONTRACT.clauses.map((clause) => clause.id)]) {
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    }
  });

  test('each status has its own checks', () => {
    const ids = makeCatalogue({ ...CONTRACT, statuses: [418] }).exchange.map((check) => check.id);
    expect(ids).toContain('meaning-418');
    expect(ids).toContain('fields-418');
    expect(ids).not.toContain('meaning-400');
  });
});

// To change a line here is a breaking change, which the changelog names.
test('ids, clauses, sets and levels of checks', async () => {
  const lines = checks.map(({ id, clause }) =>
    [id, clause, clauseOf(clause)?.set, clauseOf(clause)?.level].join(' | '),
  );
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./golden/checks.txt');
});

test('clauses and their quotes', async () => {
  const lines = CONTRACT.clauses.map(({ id, set, level, quote, source, excluded }) =>
    [id, set, level, source.url, quote, ...(excluded === undefined ? [] : [`excluded: ${excluded}`])].join(' | '),
  );
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./golden/clauses.txt');
});
