import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Document, type Kind, readDocument } from '../documents/read-document.ts';
import { schemaIn } from '../documents/schema.ts';
import type { Clause } from './contract.ts';
import { ContractError } from './contract-error.ts';

/** A file of clauses as it is written: what somebody quotes is somewhere to be read. */
export type WrittenClauses = { clauses: (Clause & { source: { url: string } })[] };

/** The same, and where all of it stands. */
export type Clauses = Document<WrittenClauses>;

const CLAUSES: Kind<WrittenClauses> = {
  complain: (sentence) => new ContractError(sentence),
  what: 'a file of clauses',
  schema: schemaIn(new URL('meta/clauses.schema.json', import.meta.url)),
};

/** Reads the clauses that somebody wrote for a contract; undefined where nobody did. */
export function readClauses(directory: string): Clauses | undefined {
  const file = join(directory, 'clauses.yaml');
  return existsSync(file) ? readDocument(file, CLAUSES) : undefined;
}

let common: Clauses | undefined;

/** The clauses of http and hygiene, which the suite brings for every contract. They are read once, for nothing changes them. */
export function commonClauses(): Clauses {
  common ??= readDocument(fileURLToPath(new URL('meta/clauses.yaml', import.meta.url)), CLAUSES);
  return common;
}
