import type { IncomingMessage } from 'node:http';
import { ApiError } from '../../errors.ts';
import type { JsonObject, ParseBody } from '../../request-body.ts';
import type { Seeded } from '../mutant.ts';
import { isFor } from './rewire.ts';

/** A parser of bodies that may try again with what it makes of the request, or give up in its own way. */
type Careless = (request: IncomingMessage, body: Buffer, own: ParseBody) => JsonObject | undefined;

/** Reads the bodies of one operation that the reference refuses to read. */
function reads(operation: string, id: string, breaks: string, careless: Careless): Seeded {
  return {
    id: `meaning-400-${id}`,
    breaks,
    where: { operation, status: 400 },
    trips: ['meaning-400'],
    parts: ({ parseBody }) => ({
      parseBody: (request, body, required) => {
        try {
          return parseBody(request, body, required);
        } catch (error) {
          if (!(error instanceof ApiError) || !isFor(operation, request) || !Buffer.isBuffer(body)) throw error;
          return careless(request, body, parseBody);
        }
      },
    }),
  };
}

/** True for a body that is labelled as it should be, and broken. */
function isJsonLabelled({ headers }: IncomingMessage): boolean {
  return headers['content-type'] === 'application/json';
}

/** The request as if it had said that its body is JSON. */
function asJson({ headers }: IncomingMessage): IncomingMessage {
  return { headers: { ...headers, 'content-type': 'application/json' } } as IncomingMessage;
}

const isObject = (body: Buffer) => body.toString().startsWith('{');

/** Defects of how bodies are read. */
export const REQUEST_BODIES: Seeded[] = [
  reads('updateHttpEndpoint', 'body-empty', 'malformed JSON is taken for {}', (request, body, own) =>
    isJsonLabelled(request) && isObject(body) ? {} : own(request, body, true),
  ),
  reads('createHttpEndpoint', 'body-invalid', 'malformed JSON is answered 422', (request, body, own) =>
    isJsonLabelled(request) && isObject(body) ? {} : own(request, body, true),
  ),
  reads('createPostgresDatabase', 'body-fails', 'JSON that is cut short is answered 500', (request, body, own) => {
    if (isJsonLabelled(request) && !body.toString().includes('}')) throw new SyntaxError('Unexpected end of input.');
    return own(request, body, true);
  }),
  reads('updatePostgresDatabase', 'body-garbage', 'what follows the JSON is not looked at', (request, body, own) =>
    own(request, body.subarray(0, body.lastIndexOf('}') + 1), true),
  ),
  reads('updatePostgresDatabase', 'body-utf8', 'bytes that are no UTF-8 are replaced', (request, body, own) =>
    own(request, Buffer.from(body.toString('utf8')), true),
  ),
  reads('updateHttpEndpoint', 'body-array', 'an array is taken for {}', (request, body, own) =>
    body.toString() === '[]' ? {} : own(request, body, true),
  ),
  reads('updateHttpEndpoint', 'body-type', 'the content type is not looked at', (request, body, own) =>
    own(asJson(request), body, true),
  ),
  reads(
    'updatePostgresDatabase',
    'body-untyped',
    'a body without a content type is taken for JSON',
    (request, body, own) => own(request.headers['content-type'] === undefined ? asJson(request) : request, body, true),
  ),
];
