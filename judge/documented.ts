import { bundleSchema } from '../schemas/bundle-schema.ts';
import type { Contract, JsonSchema, Operation } from '../schemas/contract.ts';
import { fittingTypes, takesJson } from '../schemas/media-type.ts';
import { bodiesOf } from '../schemas/read-responses.ts';

/** An answer, as far as it decides what is documented of it. */
export type Answered = { operation: string; status: number; contentType?: string };

/** What the contract documents of an error answer; all of it is absent where it does not tell. */
export type Documented = {
  /** Set when a response of the operation is about the status: by number, range or `default`. */
  isNamed?: true;
  /** Media types and ranges that its content may have; none where nothing is said of its content. */
  mediaTypes?: string[];
  /** What its body has to hold, as JSON. */
  schema?: JsonSchema;
};

type Bodies = Operation['errorBodies'][string];

/**
 * Makes what looks up the documented answers of a contract. Where an operation says nothing of a status, or is not one of the
 * contract's, what all those have in common that do say something is taken: nothing, unless it is the same for all.
 */
export function lookUpDocumented({ operations }: Pick<Contract, 'operations'>): (answered: Answered) => Documented {
  const byId = new Map(operations.map((operation) => [operation.id, operation.errorBodies]));
  const common = new Map<number, Bodies | undefined>();
  const commonBodies = (status: number): Bodies | undefined => {
    if (!common.has(status)) common.set(status, findCommon(operations, status));
    return common.get(status);
  };
  return ({ operation, status, contentType }) => {
    const own = bodiesOf(byId.get(operation) ?? {}, status);
    const bodies = own ?? commonBodies(status);
    if (!bodies) return {};
    const schema = schemaFor(bodies, contentType);
    return { ...(own && { isNamed: true }), mediaTypes: Object.keys(bodies), ...(schema && { schema }) };
  };
}

/** The schema of the documented media type that fits best, or else of all those of JSON if they have the same; none that takes anything. */
function schemaFor(bodies: Bodies, contentType: string | undefined): JsonSchema | undefined {
  const types = Object.keys(bodies);
  const [best] = contentType === undefined ? [] : fittingTypes(types, contentType);
  const schemas = (best === undefined ? types.filter(takesJson) : [best]).map((type) => bodies[type] as JsonSchema);
  const [first] = schemas;
  return first && Object.keys(first).length > 0 && areSame(schemas) ? first : undefined;
}

function findCommon(operations: readonly Operation[], status: number): Bodies | undefined {
  const all = operations
    .map(({ errorBodies }) => bodiesOf(errorBodies, status))
    .filter((bodies) => bodies !== undefined);
  const [first] = all;
  if (!first) return undefined;
  const types = Object.keys(first);
  const isSame = all.every((bodies) => Object.keys(bodies).sort().join() === [...types].sort().join());
  return isSame && types.every((type) => areSame(all.map((bodies) => bodies[type] as JsonSchema))) ? first : undefined;
}

/** Whether schemas say the same, as far as they are written in the same way. */
function areSame(schemas: readonly JsonSchema[]): boolean {
  const distinct = new Set(schemas);
  if (distinct.size < 2) return true;
  return new Set([...distinct].map((schema) => JSON.stringify(bundleSchema(schema)))).size === 1;
}
