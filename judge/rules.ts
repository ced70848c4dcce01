import type { ErrorObject } from 'ajv';
import { createBodyAjv } from '../schemas/body-ajv.ts';
import { bundleSchema } from '../schemas/bundle-schema.ts';
import type { Contract, Json, JsonSchema } from '../schemas/contract.ts';
import { propertyNames } from '../schemas/schema-parts.ts';
import { type Answered, type Documented, lookUpDocumented } from './documented.ts';
import { placeIn } from './schema-place.ts';

/** One place where a body is not as published. */
type BodyProblem = { message: string; pointer: string; missing?: string };

/** The documented error bodies, ready to judge with. */
export type Rules = {
  /** Published statuses, ascending. */
  statuses: number[];
  /** What is documented of an answer; its operation need not be one of the contract's. */
  documentedFor(answered: Answered): Documented;
  /** Judges a value against a documented body; undefined when it is nested too deeply to be judged. */
  judgeBody(schema: JsonSchema, value: Json): BodyProblem[] | undefined;
  /** The place that a pointer into an answer leads to in its documented body; without one, only names that other bodies have count. */
  placeOf(schema: JsonSchema | undefined, pointer: string): string;
};

/**
 * The rules of a contract. A body's schema is compiled when it is first judged by, because most processes of a run judge by
 * few or none; that the schemas can be used was found out when the contract was loaded.
 */
export function makeRules(contract: Contract): Rules {
  const ajv = createBodyAjv({ allErrors: true });
  const validators = new Map<JsonSchema, ReturnType<typeof ajv.compile>>();
  let published: Set<string> | undefined;
  return {
    statuses: contract.statuses,
    documentedFor: lookUpDocumented(contract),
    placeOf(schema, pointer) {
      published ??= publishedNames(contract);
      return placeIn(schema, pointer, published);
    },
    judgeBody(schema, value) {
      const validate = validators.get(schema) ?? ajv.compile(bundleSchema(schema, true));
      validators.set(schema, validate);
      try {
        return validate(value) ? [] : (validate.errors ?? []).map(describeError);
      } catch (error) {
        // A schema that holds itself is walked as deep as the server likes.
        if (error instanceof RangeError) return undefined;
        throw error;
      }
    },
  };
}

/** The names at the top of all documented bodies. */
function publishedNames({ operations }: Contract): Set<string> {
  const schemas = operations.flatMap(({ errorBodies }) =>
    Object.values(errorBodies).flatMap(Object.values<JsonSchema>),
  );
  return new Set([...new Set(schemas)].flatMap(propertyNames));
}

function describeError({ keyword, params, message, instancePath: pointer }: ErrorObject): BodyProblem {
  const place = pointer === '' ? 'the body' : pointer;
  if (keyword === 'required') {
    const missing = params.missingProperty as string;
    return { message: `field "${missing}" is missing`, pointer, missing };
  }
  if (keyword === 'pattern' && params.pattern === '\\S') return { message: `${place} is blank`, pointer };
  return { message: `${place} ${message ?? 'is not as published'}`, pointer };
}
