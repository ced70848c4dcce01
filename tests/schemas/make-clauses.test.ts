import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openContract } from '../../config/open-contract.ts';
import type { Clause } from '../../schemas/contract.ts';
import { loadContract } from '../../schemas/load-contract.ts';
import { copyContract, edit } from '../support/copy-contract.ts';

const written = loadContract().clauses;

/** What everybody's clauses have in common. */
const kernel = ({ id, set, level }: Clause) => ({ id, set, level });

test('a contract without clauses.yaml has those that its checks cite, with the words of its own document', () => {
  const directory = copyContract();
  rmSync(join(directory, 'clauses.yaml'));
  const { clauses } = openContract(directory);
  expect(clauses.map(kernel)).toEqual(written.map(kernel));
  expect(clauses.find(({ id }) => id === 'meaning-404')).toEqual({
    id: 'meaning-404',
    set: 'contract',
    level: 'MUST',
    title: '404 Not Found is the answer where its meaning applies',
    quote: 'The specified object could not be found.',
    source: {
      title: 'Sequin Management API 2026-11',
      section: 'components.responses.NotFound.description',
    },
  });
  expect(clauses.find(({ id }) => id === 'error-status-documented')?.quote).toMatch(/^400 Bad Request, .*504 Gateway/);
});

test('what is written stays, and only what nobody wrote is made', () => {
  const directory = copyContract();
  const own = written.find(({ id }) => id === 'meaning-404') as Clause;
  writeFileSync(join(directory, 'clauses.yaml'), JSON.stringify({ clauses: [own] }));
  const { clauses } = openContract(directory);
  expect(clauses[0]).toEqual(own);
  expect(clauses.map(({ id }) => id).sort()).toEqual(written.map(({ id }) => id).sort());
});

test('the contract that comes with the suite has a written clause for each check', () => {
  expect(written.map(({ source }) => source.url)).not.toContain(undefined);
});

test('where a response says nothing, the name of its status is quoted', () => {
  const directory = copyContract();
  rmSync(join(directory, 'clauses.yaml'));
  edit(join(directory, 'openapi.yaml'), 'description: The specified object could not be found.', 'description: " "');
  const { clauses } = loadContract(directory);
  expect(clauses.find(({ id }) => id === 'fields-404')).toMatchObject({
    quote: 'Not Found',
    source: { section: 'x-status-names' },
  });
});
