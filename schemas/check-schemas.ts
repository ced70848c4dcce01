import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { QUICKLY_COMPILED } from '../documents/ajv-options.ts';
import { describeErrors } from '../documents/describe-error.ts';
import { placeOf } from '../documents/place.ts';
import { createBodyAjv } from './body-ajv.ts';
import { checkKeywords, type IsKnown } from './check-keywords.ts';
import { partOf } from './check-operations.ts';
import type { JsonSchema } from './contract.ts';
import { type Part, partAt, refuse, refuseMistake } from './part.ts';
import type { Sources } from './read-contract.ts';
import { listParameters, mediaOf } from './read-input.ts';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** Keywords that OpenAPI adds to JSON Schema (OpenAPI 3.1 §4.8.24). */
const MORE_KEYWORDS = ['discriminator', 'xml', 'externalDocs', 'example'];

/**
 * Throws a ContractError for a schema, of a body, a request or a parameter, that is no JSON Schema 2020-12 or has a keyword that
 * nobody knows, and for the body of a status that cannot be judged by.
 */
export function checkSchemas({ openapi, bodies, contract }: Sources): void {
  const ajv = new Ajv2020({ ...QUICKLY_COMPILED, strict: false, verbose: true });
  addFormats.default(ajv);
  const isSchema = ajv.getSchema(DIALECT) as ValidateFunction;
  const checked = new Set<unknown>();
  const check = (part: Part, isKnown: IsKnown): void => {
    // A schema that several refer to is one and the same.
    if (checked.has(part.value)) return;
    checked.add(part.value);
    const dialect = partAt(part, '$schema');
    if (dialect.value !== undefined && dialect.value !== DIALECT) throw refuse(dialect, DIALECT);
    if (!isSchema(part.value)) throw refuseMistake(part, describeErrors(isSchema.errors, part.value));
    checkKeywords(part, isKnown);
  };
  const judge = createBodyAjv();
  for (const body of bodies) {
    check(
      body,
      (keyword, value) => keyword in judge.RULES.keywords && (keyword !== 'format' || `${value}` in judge.formats),
    );
    compile(body, judge);
  }
  const isKnown: IsKnown = (keyword) =>
    keyword.startsWith('x-') || MORE_KEYWORDS.includes(keyword) || keyword in ajv.RULES.keywords;
  for (const operation of contract.operations) {
    const part = partOf(openapi, operation);
    for (const parameter of listParameters(partAt(openapi, 'paths', operation.path), part))
      if (partAt(parameter, 'schema').value !== undefined) check(partAt(parameter, 'schema'), isKnown);
    const media = operation.body && mediaOf(partAt(part, 'requestBody'));
    if (media && partAt(media, 'schema').value !== undefined) check(partAt(media, 'schema'), isKnown);
  }
}

/** What is a schema may still be one that the judge takes for a mistake, such as one with `properties` and no type. */
function compile(body: Part, judge: Ajv2020): void {
  try {
    judge.compile(body.value as JsonSchema);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const place = placeOf(/#(\/[^"]*)?"/.exec(found)?.[1] ?? '', body.value);
    throw refuseMistake(body, { place, expected: 'a schema that bodies can be judged by', found });
  }
}
