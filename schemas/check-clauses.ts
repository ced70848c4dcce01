import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { QUICKLY_COMPILED } from './ajv-options.ts';
import type { Clause } from './contract.ts';
import { describeErrors } from './describe-error.ts';
import { type Part, partAt, refuse, refuseMistake } from './part.ts';

const SCHEMA = new URL('meta/clauses.schema.json', import.meta.url);

/** Throws a ContractError for clauses that are not as the schema of clauses.yaml says, or two with the same id. */
export function checkClauses(whole: Part): void {
  const ajv = new Ajv2020({ ...QUICKLY_COMPILED, strict: false, verbose: true });
  addFormats.default(ajv);
  const validate = ajv.compile<{ clauses: Clause[] }>(JSON.parse(readFileSync(SCHEMA, 'utf8')));
  const { value } = whole;
  if (!validate(value)) throw refuseMistake(whole, describeErrors(validate.errors, value));
  const ids = value.clauses.map(({ id }) => id);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) < index);
  if (twice >= 0) throw refuse(partAt(whole, 'clauses', twice, 'id'), 'an id that no other clause has');
}
