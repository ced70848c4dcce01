import type { ErrorObject } from 'ajv';
import { createBodyAjv } from '../schemas/body-ajv.ts';
import type { Contract, Json, JsonSchema } from '../schemas/contract.ts';
import { placeIn } from './schema-place.ts';

/** One place where a body is not as published. */
type BodyProblem = { message: string; pointer: string; missing?: string };

/** The published error bodies, ready to judge with. */
export type Rules = {
  /** Published statuses, ascending. */
  statuses: number[];
  /** Judges a value against the published body of a status; undefined when the status has none. */
  judgeBody(status: number, value: Json): BodyProblem[] | undefined;
  /** The place that a pointer into an answer of a status leads to in its published body. */
  placeOf(status: number | null, pointer: string): string;
  /** Names of the canonical fields, by status. */
  canonicalFields: Record<number, string[]>;
  /** Name of the field that maps request fields to reasons (marked `x-field-errors` in the schema), by status. */
  fieldErrors: Record<number, string>;
};

/**
 * The rules of a contract. A body's schema is compiled when it is first judged by, because most processes of a run judge by
 * few or none; that the schemas can be used was found out when the contract was loaded.
 */
export function makeRules(contract: Contract): Rules {
  const ajv = createBodyAjv({ allErrors: true });
  const published = new Set(Object.values(contract.schemas).flatMap(({ properties }) => Object.keys(properties ?? {})));
  const rules: Rules = {
    statuses: contract.statuses,
    placeOf: (status, pointer) => placeIn(contract.schemas[status ?? 0], pointer, published),
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
    return {
      message: `field "${error.params.missingProperty}" is missing`,
      pointer: error.instancePath,
      missing: error.params.missingProperty as string,
    };
  if (error.keyword === 'pattern') return { message: `${place} is blank`, pointer: error.instancePath };
  return { message: `${place} ${error.message ?? 'is not as published'}`, pointer: error.instancePath };
}
