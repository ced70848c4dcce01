import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Kind, readDocument } from '../documents/read-document.ts';
import type { Contract, JsonSchema } from './contract.ts';
import { ContractError } from './contract-error.ts';
import { KEYS } from './openapi-keys.ts';
import { entriesOf, type Part, partAt, refuse, takeObject, takeText, wholeOf } from './part.ts';
import { readAnswers } from './read-answers.ts';
import { readOperations } from './read-operations.ts';
import { resolveRefs } from './resolve-refs.ts';
import { readAllServers } from './servers.ts';

/** Where the contract lies that comes with the suite. */
export const OWN_CONTRACT: string = fileURLToPath(new URL('.', import.meta.url));

/** A file that is looked at part by part. */
const PART: Kind<unknown> = { complain: (sentence) => new ContractError(sentence) };

/** A contract, but for its clauses, and the parts it was read from. */
export type Sources = {
  contract: Omit<Contract, 'clauses'>;
  openapi: Part;
  /** The bodies of the statuses. */
  bodies: Part[];
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
  const document = readDocument(join(directory, 'openapi.yaml'), PART);
  const written = wholeOf(document);
  takeObject(written, KEYS.document);
  const statusNames = readStatusNames(partAt(written, 'x-status-names'));
  const statuses = Object.keys(statusNames).map(Number);
  const bodies = new Map(statuses.map((status) => [status, readDocument(join(directory, `${status}.json`), PART)]));
  const parts = [...bodies].map(([status, body]): [number, Part] => [status, wholeOf(body)]);
  const openapi = resolveRefs(document, bodies);
  const contract: Sources['contract'] = {
    title: takeText(partAt(openapi, 'info', 'title')),
    version: takeText(partAt(openapi, 'info', 'version')),
    servers: readAllServers(openapi),
    statuses,
    statusNames,
    ...readAnswers(partAt(openapi, 'x-answers'), statuses),
    schemas: Object.fromEntries(parts.map(([status, body]) => [status, takeObject(body) as JsonSchema])),
    operations: readOperations(openapi, statuses),
  };
  return { contract, openapi, bodies: parts.map(([, body]) => body) };
}

/** Names of the published statuses, by number, ascending. */
function readStatusNames(part: Part): Record<string, string> {
  const names = entriesOf(part).map(([status, name]): [string, string] => {
    if (!/^[45]\d\d$/.test(status)) throw refuse(name, 'statuses from 400 to 599', status);
    return [status, takeText(name)];
  });
  if (names.length === 0) throw refuse(part, 'at least one status', 'none');
  return Object.fromEntries(names);
}
