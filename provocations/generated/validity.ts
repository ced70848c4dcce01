import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { QUICKLY_COMPILED } from '../../documents/ajv-options.ts';
import { bundleSchema } from '../../schemas/bundle-schema.ts';
import type { Json, JsonSchema } from '../../schemas/contract.ts';

const ajv = new Ajv2020({ ...QUICKLY_COMPILED, strict: false });
(addFormats as unknown as (instance: Ajv2020) => void)(ajv);

const compiled = new WeakMap<JsonSchema, ValidateFunction>();

/** Whether a body is one that the operation documents. What is not has to be refused; what is may be refused all the same. */
export function isDocumented(schema: JsonSchema, body: Json): boolean {
  const validate = compiled.get(schema) ?? ajv.compile(bundleSchema(schema));
  compiled.set(schema, validate);
  return validate(body);
}
