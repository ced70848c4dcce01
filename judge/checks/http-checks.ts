import { isJsonType } from '../../schemas/media-type.ts';
import { findDuplicateNames } from '../duplicate-names.ts';
import { parseRetryAfter } from '../retry-after.ts';
import { type Check, expectsContent, headerValues, isError, problemIf, type Subject } from './check.ts';
import { ownStatusCheck } from './status-checks.ts';

/** Fields that are no lists, so that a second line is an error (RFC 9110 §5.3). */
const SINGLE_FIELDS = ['content-type', 'content-length', 'retry-after', 'date', 'etag', 'last-modified', 'location'];

/** A list that begins with a challenge: a scheme, alone or with parameters or a token68 (RFC 9110 §11.6.1). */
const CHALLENGE = /^[\s,]*[!#$%&'*+.^_`|~\w-]+(?:\s*$|\s*,|\s+\S)/;

/** JSON by its content or by its label: another format may be in another encoding, and begin with a mark. */
function isJson({ response, body }: Subject): boolean {
  if (body.kind === 'json') return true;
  return response !== undefined && headerValues(response, 'content-type').some(isJsonType);
}

/** The checks of the HTTP standards on one exchange. */
export const httpChecks: Check[] = [
  {
    id: 'challenge-on-401',
    clause: 'challenge-on-401',
    judge({ response }) {
      if (response?.status !== 401) return undefined;
      const values = headerValues(response, 'www-authenticate');
      if (values.length === 0) return [{ message: 'WWW-Authenticate is missing' }];
      return problemIf(!values.some((value) => CHALLENGE.test(value)), 'WWW-Authenticate holds no challenge');
    },
  },
  {
    id: 'allow-on-405',
    clause: 'allow-on-405',
    judge({ response }) {
      if (response?.status !== 405) return undefined;
      return problemIf(headerValues(response, 'allow').length === 0, 'Allow is missing');
    },
  },
  {
    id: 'head-without-content',
    clause: 'head-without-content',
    judge({ exchange, response }) {
      if (!response || exchange.request.method !== 'HEAD') return undefined;
      // A second status line behind the answer is no content; it is the finding of one-final-response.
      const content = response.body + response.bytesAfter;
      return problemIf(content !== '' && !content.startsWith('HTTP/'), 'content came with the answer to HEAD');
    },
  },
  {
    id: 'content-type-present',
    clause: 'content-type-present',
    judge({ response }) {
      if (!isError(response) || response.bodyBytes === 0) return undefined;
      return problemIf(headerValues(response, 'content-type').length === 0, 'content comes without a Content-Type');
    },
  },
  {
    id: 'content-type-json',
    clause: 'content-type-json',
    judge({ response, body }) {
      if (!isError(response) || body.kind !== 'json') return undefined;
      return headerValues(response, 'content-type')
        .filter((value) => !isJsonType(value))
        .map((value) => ({ message: `the body is JSON, and Content-Type says "${value}"` }));
    },
  },
  {
    id: 'single-field-lines',
    clause: 'single-field-lines',
    judge({ response }) {
      if (!isError(response)) return undefined;
      return SINGLE_FIELDS.filter((name) => headerValues(response, name).length > 1).map((name) => ({
        message: `${name} stands more than once`,
      }));
    },
  },
  {
    id: 'well-formed-message',
    clause: 'well-formed-message',
    judge({ exchange, response }) {
      if (!response && exchange.failure?.kind !== 'malformed') return undefined;
      return problemIf(!response, `the answer is no HTTP message: ${exchange.failure?.message ?? ''}`);
    },
  },
  {
    id: 'message-complete',
    clause: 'message-complete',
    judge({ response }) {
      if (!isError(response)) return undefined;
      return problemIf(!response.complete && !response.truncated, 'the connection ended before the message did');
    },
  },
  {
    id: 'bytes-after-response',
    clause: 'one-final-response',
    judge({ exchange, response }) {
      if (!response) return undefined;
      const isContent = exchange.request.method === 'HEAD' && !response.bytesAfter.startsWith('HTTP/');
      if (isContent) return [];
      return problemIf(
        response.bytesAfter !== '',
        `bytes follow the complete response: ${JSON.stringify(response.bytesAfter.slice(0, 80))}`,
      );
    },
  },
  {
    id: 'content-decodable',
    clause: 'content-decodable',
    judge({ response }) {
      if (!isError(response) || headerValues(response, 'content-encoding').length === 0) return undefined;
      return problemIf(response.decodeError !== undefined, response.decodeError ?? '');
    },
  },
  {
    id: 'json-utf8',
    clause: 'json-utf8',
    judge(subject) {
      const { exchange, response } = subject;
      if (!isError(response) || !expectsContent(exchange) || response.bodyBytes === 0) return undefined;
      if (response.decodeError !== undefined || !isJson(subject)) return undefined;
      return problemIf(!response.validUtf8, 'the body is not valid UTF-8');
    },
  },
  {
    id: 'json-no-bom',
    clause: 'json-no-bom',
    judge(subject) {
      const { response } = subject;
      if (!isError(response) || response.bodyBytes === 0 || !isJson(subject)) return undefined;
      return problemIf(response.body.startsWith('\uFEFF'), 'the body begins with a byte order mark');
    },
  },
  {
    id: 'json-unique-names',
    clause: 'json-unique-names',
    judge({ response, body }) {
      if (!isError(response) || body.kind !== 'json') return undefined;
      return findDuplicateNames(response.body).map((pointer) => ({ message: 'the name stands twice', pointer }));
    },
  },
  {
    id: 'retry-after-syntax',
    clause: 'retry-after-syntax',
    judge({ response }) {
      if (!isError(response)) return undefined;
      const values = headerValues(response, 'retry-after');
      if (values.length === 0) return undefined;
      return values
        .filter((value) => parseRetryAfter(value, 0) === undefined)
        .map((value) => ({ message: `Retry-After "${value}" is neither a date nor a number of seconds` }));
    },
  },
  {
    id: 'retry-after-announced',
    clause: 'retry-after-announced',
    judge({ response }) {
      if (response?.status !== 429) return undefined;
      return problemIf(headerValues(response, 'retry-after').length === 0, 'Retry-After is missing');
    },
  },
  ownStatusCheck('two-credentials-refused'),
];
