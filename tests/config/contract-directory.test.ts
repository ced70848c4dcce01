import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readContractDirectory } from '../../config/contract-directory.ts';
import { openContract } from '../../config/open-contract.ts';
import { SettingsError } from '../../config/settings-error.ts';
import { ContractError } from '../../schemas/contract-error.ts';
import { OWN_CONTRACT } from '../../schemas/read-contract.ts';
import { makeDirectory } from '../support/make-directory.ts';

/** A copy of the suite's own contract with one part of a file replaced. */
function copyWith(name: string, from: string | RegExp, to: string): string {
  const directory = makeDirectory();
  cpSync(OWN_CONTRACT, directory, { recursive: true });
  const file = join(directory, name);
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  writeFileSync(file, changed);
  return directory;
}

describe('the directory of the contract', () => {
  const API_URL = 'https://api.example.com';

  test('is the suite’s own unless another one is named', () => {
    expect(readContractDirectory({ API_URL, CONFORMANCE_CONTRACT: ' ' })).toBeUndefined();
    expect(readContractDirectory({ API_URL, CONFORMANCE_CONTRACT: ` ${OWN_CONTRACT} ` })).toBe(OWN_CONTRACT);
  });

  test.each([
    [
      { CONFORMANCE_CONTRACT: OWN_CONTRACT },
      'CONFORMANCE_CONTRACT is set and API_URL is not; the embedded API has the contract that comes with the suite, and no other.',
    ],
    [
      { API_URL, CONFORMANCE_CONTRACT: 'no/such' },
      'CONFORMANCE_CONTRACT is "no/such", which is no directory; expected one with openapi.yaml, clauses.yaml and a <status>.json for each error.',
    ],
    [
      { API_URL, CONFORMANCE_CONTRACT: 'package.json' },
      'CONFORMANCE_CONTRACT is "package.json", which is no directory; expected one with openapi.yaml, clauses.yaml and a <status>.json for each error.',
    ],
  ])('%o is refused in one sentence', (env, sentence) => {
    expect(() => readContractDirectory(env)).toThrow(new SettingsError(sentence));
  });
});

describe('another contract', () => {
  test('is read from its directory, with a row for other paths', () => {
    const { title, operations } = openContract(copyWith('openapi.yaml', 'Sequin Management API', 'Another API'));
    expect(title).toBe('Another API');
    expect(operations.at(-1)?.id).toBe('unmatched-route');
  });

  test.each<[string | RegExp, string, string]>([
    [
      'id: no-sql\n',
      'id: no_sql\n',
      'clauses.yaml:354: clauses[39].id: expected text that matches ^[a-z0-9]+(-[a-z0-9]+)*$, found "no_sql"',
    ],
    [
      'id: meaning-404\n',
      'id: meaning-440\n',
      'clauses.yaml:49: clauses[5].id: expected an id that a check cites, as "meaning-404" is, or a reason in `excluded`, found "meaning-440"',
    ],
    [
      / {2}- id: meaning-404\n(?: {4}.*\n)*/,
      '',
      'clauses.yaml:3: clauses: expected the clause "meaning-404", which the check "meaning-404" cites, found none',
    ],
    [
      'title: "No SQL in an error"',
      'title: "No SQL in an error"\n    excluded: "too hard"',
      'clauses.yaml:358: clauses[39].excluded: expected no reason, because the check "no-sql" covers the clause, found "too hard"',
    ],
  ])('with %s as %j among its clauses is refused', (from, to, sentence) => {
    const directory = copyWith('clauses.yaml', from, to);
    expect(() => openContract(directory)).toThrow(ContractError);
    expect(() => openContract(directory)).toThrow(sentence);
  });
});
