import type { ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { Contract, Json, JsonSchema } from '../schemas/contract.ts';

/** One place where a body is not as published. */
type BodyProblem = { message: string; pointer: string };

/** The published error bodies, ready to judge with. */
export type Rules = {
  /** Published statuses, ascending. */
  statuses: number[];
  /** Judges a value against the published body of a status; undefined when the status has none. */
  judgeBody(status: number, value: Json): BodyProblem[] | undefined;
  /** Names of the canonical fields, by status. */
  canonicalFields: Record<number, string[]>;
  /** Name of the field that maps request fields to reasons (marked `x-field-errors` in the schema), by status. */
  fieldErrors: Record<number, string>;
};

// ajv-formats is CommonJS: under Node its default export is the module object, whose `default` is the function.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

/**
 * The rules of a contract. A body's schema is compiled when it is first judged by, because most processes of a run judge by
 * few or none; that the schemas are valid JSON Schema is a test's business, and checking it here would cost more than
 * compiling them.
 */
export function makeRules(contract: Contract): Rules {
  const ajv = new Ajv2020({ allErrors: true, strict: true, validateSchema: false, keywords: ['x-field-errors'] });
  addFormats(ajv);
  const rules: Rules = {
    statuses: contract.statuses,
    canonicalFields: {},
    fieldErrors: {},
    judgeBody(status, value) {
      if (!contract.statuses.includes(status)) return undefined;
      // ajv keeps what it has compiled for a schema object.
      const validate = ajv.compile(schemaOf(contract, status));
      return validate(value) ? [] : (validate.errors ?? []).map(describeError);
    },
  };
  for (const status of contract.statuses) {
    const properties = (schemaOf(contract, status).properties ?? {}) as Record<string, JsonSchema>;
    rules.canonicalFields[status] = Object.keys(properties);
    const fieldErrors = Object.keys(properties).find((name) => properties[name]?.['x-field-errors'] === true);
    if (fieldErrors !== undefined) rules.fieldErrors[status] = fieldErrors;
  }
  return rules;
}

function schemaOf(contract: Contract, status: number): JsonSchema {
  const schema = contract.schemas[status];
  if (!schema) throw new Error(`The contract publishes status ${status} but has no schema for its body.`);
  return schema;
}

function describeError(error: ErrorObject): BodyProblem {
  const place = error.instancePath === '' ? 'the body' : error.instancePath;
  if (error.keyword === 'required')
    return { message: `field "${error.params.missingProperty}" is missing`, pointer: error.instancePath };
  if (error.keyword === 'pattern') return { message: `${place} is blank`, pointer: error.instancePath };
  return { message: `${place} ${error.message ?? 'is not as published'}`, pointer: error.instancePath };
}
