import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { QUICKLY_COMPILED } from '../documents/ajv-options.ts';
import { describeErrors } from '../documents/describe-error.ts';
import { placeOf } from '../documents/place.ts';
import { createBodyAjv } from './body-ajv.ts';
import { bundleSchema } from './bundle-schema.ts';
import { checkKeywords, type Known } from './check-keywords.ts';
import { partOf } from './check-operations.ts';
import type { JsonSchema } from './contract.ts';
import { innerSchemas, mapInner } from './inner-schemas.ts';
import { isObject, type Part, partAt, refuse, refuseMistake } from './part.ts';
import type { Sources } from './read-contract.ts';
import { listParameters, mediaOf } from './read-input.ts';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** Most schemas that one value may be held to: a few lines that name each other make more than any server has time for. */
const MOST_AT_ONCE = 10_000;

/**
 * Throws a ContractError for a schema, of a body, a request or a parameter, that is no JSON Schema 2020-12 or has a keyword that
 * nobody knows, and for the body of an error that cannot be judged by.
 */
export function checkSchemas({ openapi, contract }: Sources): void {
  const ajv = new Ajv2020({ ...QUICKLY_COMPILED, strict: false, verbose: true });
  addFormats.default(ajv);
  const isSchema = ajv.getSchema(DIALECT) as ValidateFunction;
  const judge = createBodyAjv();
  const sizes = new Map<unknown, number>();
  // A schema that several refer to is one and the same.
  const checked = new Set<unknown>();
  const check = (part: Part, known: Known): void => {
    const { value } = part;
    if (checked.has(value)) return;
    checked.add(value);
    const shallow = isObject(value) ? mapInner(value, () => true) : value;
    const dialect = partAt(part, '$schema');
    if (dialect.value !== undefined && dialect.value !== DIALECT) throw refuse(dialect, DIALECT);
    if (!isSchema(shallow)) throw refuseMistake(part, describeErrors(isSchema.errors, shallow));
    if (!isObject(value)) return;
    checkKeywords(part, known);
    for (const { way } of innerSchemas(value)) check(partAt(part, ...way), known);
    checkSize(part, sizes);
  };
  for (const operation of contract.operations) {
    const part = partOf(openapi, operation);
    for (const [status, bodies] of Object.entries(operation.errorBodies)) {
      for (const [type, schema] of Object.entries(bodies)) {
        if (checked.has(schema)) continue;
        const body = partAt(part, 'responses', status, 'content', type, 'schema');
        if (body.value !== schema) continue;
        check(body, { keywords: judge.RULES.keywords, formats: judge.formats });
        compile(body, judge);
      }
    }
  }
  const known = { keywords: ajv.RULES.keywords };
  for (const operation of contract.operations) {
    const part = partOf(openapi, operation);
    for (const parameter of listParameters(partAt(openapi, 'paths', operation.path), part))
      if (partAt(parameter, 'schema').value !== undefined) check(partAt(parameter, 'schema'), known);
    const media = operation.body && mediaOf(partAt(part, 'requestBody'));
    if (media && partAt(media, 'schema').value !== undefined) check(partAt(media, 'schema'), known);
  }
}

/** Refuses a schema that holds one value to itself again, or to too many others. */
function checkSize(part: Part, sizes: Map<unknown, number>): void {
  const measure = (value: unknown): number => {
    if (!isObject(value)) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    // What is met again before it is measured holds itself, and has no end.
    sizes.set(value, Number.POSITIVE_INFINITY);
    const same = innerSchemas(value).filter(({ isSame }) => isSame);
    const size = same.reduce((sum, inner) => sum + measure(inner.value), 1);
    sizes.set(value, size);
    return size;
  };
  const size = measure(part.value);
  if (size <= MOST_AT_ONCE) return;
  const found = Number.isFinite(size) ? 'more' : 'a circle';
  throw refuse(part, `a schema that holds a value to at most ${MOST_AT_ONCE} others`, found);
}

/** What is a schema may still be one that the judge takes for a mistake, such as an `if` that nothing follows. */
function compile(body: Part, judge: Ajv2020): void {
  try {
    judge.compile(bundleSchema(body.value as JsonSchema));
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const place = placeOf(/#(\/[^"]*)?"/.exec(found)?.[1] ?? '', body.value);
    throw refuseMistake(body, { place, expected: 'a schema that bodies can be judged by', found });
  }
}
