import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { QUICKLY_COMPILED } from './ajv-options.ts';

/** The schema of a kind of document, ready to be held against one. */
export type Schema<Value> = () => ValidateFunction<Value>;

/**
 * A schema in a file. It is compiled when it is first asked for, and once: to compile one takes longer than most documents take to
 * be held against it. What a document leaves out, and the schema has a default for, is filled in.
 */
export function schemaIn<Value>(file: URL): Schema<Value> {
  let validate: ValidateFunction<Value> | undefined;
  return () => {
    validate ??= compile<Value>(file);
    return validate;
  };
}

function compile<Value>(file: URL): ValidateFunction<Value> {
  const ajv = new Ajv2020({ ...QUICKLY_COMPILED, strict: false, useDefaults: true, verbose: true });
  addFormats.default(ajv);
  return ajv.compile<Value>(JSON.parse(readFileSync(file, 'utf8')));
}
