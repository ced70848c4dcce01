import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readContractDirectory } from '../../config/contract-directory.ts';
import { openContract } from '../../config/open-contract.ts';
import { SettingsError } from '../../config/settings-error.ts';
import { ContractError } from '../../schemas/contract-error.ts';
import { OWN_CONTRACT } from '../../schemas/read-contract.ts';
import { copyContract, edit } from '../support/copy-contract.ts';

/** A copy of the suite's own contract with one part of a file replaced. */
function copyWith(name: string, from: string, to: string): string {
  const directory = copyContract();
  edit(join(directory, name), from, to);
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
      'CONFORMANCE_CONTRACT is "no/such", which is no directory; expected one with openapi.yaml and a <status>.json for each error.',
    ],
    [
      { API_URL, CONFORMANCE_CONTRACT: 'package.json' },
      'CONFORMANCE_CONTRACT is "package.json", which is no directory; expected one with openapi.yaml and a <status>.json for each error.',
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

  test.each<[string, string, string]>([
    [
      'id: meaning-404\n',
      'id: no-sql\n',
      'clauses.yaml:49: clauses[5].id: expected no clause that the suite has itself, for every contract, found "no-sql"',
    ],
    [
      'id: meaning-404\n',
      'id: meaning-440\n',
      'clauses.yaml:49: clauses[5].id: expected an id that a check cites, as "meaning-404" is, or a reason in `excluded`, found "meaning-440"',
    ],
    [
      'title: "An error has a JSON body"',
      'title: "An error has a JSON body"\n    excluded: "too hard"',
      'clauses.yaml:17: clauses[1].excluded: expected no reason, because the check "error-body-json" covers the clause, found "too hard"',
    ],
  ])('with %s as %j among its clauses is refused', (from, to, sentence) => {
    const directory = copyWith('clauses.yaml', from, to);
    expect(() => openContract(directory)).toThrow(ContractError);
    expect(() => openContract(directory)).toThrow(sentence);
  });
});
