import { STATUS_CODES } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Kind, readDocument } from '../documents/read-document.ts';
import type { Contract } from './contract.ts';
import { ContractError } from './contract-error.ts';
import { openLibrary } from './library.ts';
import { KEYS, METHODS } from './openapi-keys.ts';
import { entriesOf, type Part, partAt, refuse, takeObject, takeText, wholeOf } from './part.ts';
import { readAnswers } from './read-answers.ts';
import { readOperations } from './read-operations.ts';
import { namedErrors } from './read-responses.ts';
import { resolveRefs } from './resolve-refs.ts';
import { readAllServers } from './servers.ts';

const NAME = 'openapi.yaml';

/** Where the contract lies that comes with the suite. */
export const OWN_CONTRACT: string = fileURLToPath(new URL('.', import.meta.url));

/** A file that is looked at part by part. */
const PART: Kind<unknown> = { complain: (sentence) => new ContractError(sentence) };

/** A contract, but for its clauses, and the parts it was read from. */
export type Sources = {
  contract: Omit<Contract, 'clauses'>;
  openapi: Part;
};

/**
 * Reads a contract that was checked before, by `loadContract`, as the processes do that another one starts: it finds only
 * what keeps it from being read.
 */
export function readContract(directory: string = OWN_CONTRACT): Sources['contract'] {
  return readSources(directory).contract;
}

/** Reads a contract and keeps what it was read from; throws a ContractError for what keeps it from being read. */
export function readSources(directory: string): Sources {
  const document = readDocument(join(directory, NAME), PART);
  const written = wholeOf(document);
  takeObject(written, KEYS.document);
  const openapi = resolveRefs(document, openLibrary(directory, NAME, document));
  const statusNames = readStatusNames(openapi);
  const statuses = Object.keys(statusNames).map(Number);
  const contract: Sources['contract'] = {
    title: takeText(partAt(openapi, 'info', 'title')),
    version: takeText(partAt(openapi, 'info', 'version')),
    servers: readAllServers(openapi),
    statuses,
    statusNames,
    ...readAnswers(partAt(openapi, 'x-answers'), statuses),
    operations: readOperations(openapi, statuses),
  };
  return { contract, openapi };
}

/** What is published where a document describes its errors by ranges and `default` only. */
const USUAL = [400, 401, 403, 404, 409, 422, 429, 500];

function namesOf(statuses: readonly number[]): Record<string, string> {
  return Object.fromEntries(statuses.map((status) => [status, STATUS_CODES[status] ?? `Status ${status}`]));
}

/** Names of the published statuses, by number, ascending: those that the document names, or else all that an operation documents by its number, or the usual ones. */
function readStatusNames(openapi: Part): Record<string, string> {
  const part = partAt(openapi, 'x-status-names');
  if (part.value === undefined) {
    const found = namedErrors(partAt(openapi, 'paths'), METHODS);
    if (found.length === 0) return namesOf(USUAL);
    return namesOf(found);
  }
  const names = entriesOf(part).map(([status, name]): [string, string] => {
    if (!/^[45]\d\d$/.test(status)) throw refuse(name, 'statuses from 400 to 599', status);
    return [status, takeText(name)];
  });
  if (names.length === 0) throw refuse(part, 'at least one status', 'none');
  return Object.fromEntries(names);
}
