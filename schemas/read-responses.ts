import type { JsonSchema, Operation } from './contract.ts';
import { KEYS } from './openapi-keys.ts';
import { entriesOf, type Part, partAt, refuse, takeObject } from './part.ts';

/** A status, a range of them such as `4XX`, or `default`. */
const KEY = /^([1-5]\d\d|[1-5]XX|default)$/;

/** An error status, a range of them, or `default`. */
const ERROR_KEY = /^([45]\d\d|[45]XX|default)$/;

const MEDIA_TYPE = /^[^\s/;]+\/[^\s/;]+\s*(;.*)?$/;

/** The error statuses that some operation of a document names by their number. */
export function namedErrors(paths: Part, methods: readonly string[]): number[] {
  const keys = entriesOf(paths).flatMap(([, item]) =>
    methods.flatMap((method) => {
      const responses = partAt(item, method, 'responses');
      return responses.value === undefined ? [] : Object.keys(takeObject(responses));
    }),
  );
  return [...new Set(keys.filter((key) => /^[45]\d\d$/.test(key)).map(Number))].sort((one, other) => one - other);
}

/**
 * Reads which statuses an operation documents, and the bodies of its errors. A range or `default` gives the body of each status that
 * it takes in; of those it documents the published ones only (`statuses`), as nobody knows which of the others there are.
 */
export function readResponses(
  responses: Part,
  statuses: readonly number[],
): Pick<Operation, 'successes' | 'errors' | 'errorBodies'> {
  const keys = Object.keys(takeObject(responses));
  const successes = keys.filter((key) => /^2\d\d$/.test(key)).map(Number);
  if (successes.length === 0) throw refuse(responses, 'at least one 2xx status', 'none');
  const isStray = (key: string) => !KEY.test(key) || (/^[45]\d\d$/.test(key) && !statuses.includes(Number(key)));
  const stray = keys.find((key) => isStray(key) && !key.startsWith('x-'));
  if (stray !== undefined)
    throw refuse(partAt(responses, stray), 'published error statuses, ranges such as 4XX, or default', stray);
  const errorBodies = Object.fromEntries(
    keys.filter((key) => ERROR_KEY.test(key)).map((key) => [key, readContent(partAt(responses, key))]),
  );
  return { successes, errors: statuses.filter((status) => bodiesOf(errorBodies, status) !== undefined), errorBodies };
}

/** What is documented of the bodies of a status: under itself, or else its range, or else `default`; undefined where nothing is. */
export function bodiesOf(
  errorBodies: Operation['errorBodies'],
  status: number,
): Operation['errorBodies'][string] | undefined {
  return errorBodies[status] ?? errorBodies[`${Math.floor(status / 100)}XX`] ?? errorBodies.default;
}

/** The schemas of a response by media type; one without a schema takes anything. */
function readContent(response: Part): Record<string, JsonSchema> {
  takeObject(response, KEYS.response);
  const content = partAt(response, 'content');
  if (content.value === undefined) return {};
  return Object.fromEntries(
    entriesOf(content).map(([type, media]) => {
      if (!MEDIA_TYPE.test(type)) throw refuse(media, 'a media type such as application/json', type);
      takeObject(media, KEYS.media);
      const schema = partAt(media, 'schema');
      const takesAnything = schema.value === undefined || schema.value === true;
      return [type, takesAnything ? {} : (takeObject(schema) as JsonSchema)];
    }),
  );
}
