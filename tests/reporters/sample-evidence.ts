import type { Evidence } from '../../judge/finding.ts';
import type { Exchange } from '../../model/exchange.ts';
import { HOSTILE, STATUS_NAMES } from './sample-contract.ts';

const BASE = 'https://api.streams.example/v1';

/** A request to the invented API, as the suite would send it. */
const request = (method: string, target: string, body?: string): Exchange['request'] => ({
  method,
  target,
  headers: [
    ['Accept', 'application/json'],
    ['Authorization', 'Bearer {{token}}'],
    ...(body === undefined ? [] : ([['Content-Type', 'application/json']] as [string, string][])),
  ],
  ...(body === undefined ? {} : { body: { text: body } }),
});

/** A response with ordinary headers. */
const response = (
  status: number,
  body: string,
  more: Partial<NonNullable<Exchange['response']>> = {},
): NonNullable<Exchange['response']> => ({
  status,
  reason: STATUS_NAMES[status] ?? 'OK',
  httpVersion: '1.1',
  headers: [
    ['date', 'Sun, 22 Nov 2026 13:04:38 GMT'],
    ['content-type', 'application/json; charset=utf-8'],
    ['cache-control', 'max-age=0, private, must-revalidate'],
    ['x-request-id', 'GOpfv9P9m5-vpC0AAJkC'],
    ['content-length', String(body.length)],
  ],
  body,
  bodyBytes: new TextEncoder().encode(body).length,
  validUtf8: true,
  framing: 'content-length',
  complete: true,
  truncated: false,
  interim: [],
  bytesAfter: '',
  ...more,
});

/** An exchange and its curl command. */
const evidence = (sent: Exchange['request'], rest: Partial<Exchange>): Evidence => ({
  exchange: { request: sent, url: `${BASE}${sent.target}`, echoed: [], ...rest },
  curl: `curl -sS -i -X ${sent.method} '${BASE}${sent.target}' -H "Authorization: Bearer $API_TOKEN"${
    sent.body !== undefined && 'text' in sent.body
      ? ` -H 'Content-Type: application/json' --data-binary '${sent.body.text}'`
      : ''
  }`,
});

const LONG = JSON.stringify({
  summary: 'Too long',
  items: Array.from({ length: 400 }, (_, index) => ({ index, name: `item ${index}` })),
});

/** Evidence of the sample's findings and of odd answers, by name. */
export const EVIDENCE = {
  phoenix: evidence(request('GET', '/streams/does-not-exist'), {
    response: response(404, '{"errors":{"detail":"Not Found"}}'),
  }),
  nested: evidence(
    request(
      'POST',
      '/streams',
      '{"name":"ecc-1f3a","table":42,"destination":{"type":"webhook","http_endpoint":"nowhere","batch":false}}',
    ),
    {
      response: response(
        422,
        `{"summary":"Validation failed","validation_errors":{"destination":{"http_endpoint":["could not be found"],"type":["is ${HOSTILE.quote}"]},"table":["is invalid"]},"code":"validation_error"}`,
      ),
    },
  ),
  html: evidence(request('POST', '/streams', '{"name": '), {
    response: response(
      400,
      `<html><body>${HOSTILE.script}\n${HOSTILE.image}\r\n${HOSTILE.ansi} ${HOSTILE.bidi}</body></html>`,
      {
        headers: [
          ['content-type', 'text/html'],
          ['x-hostile', `${HOSTILE.image}${HOSTILE.ansi}\r\nset-cookie: a=b`],
          ['set-cookie', 'a=1'],
          ['set-cookie', 'a=2'],
        ],
        bytesAfter: `HTTP/1.1 400 Bad Request\r\n\r\n${HOSTILE.script}`,
        interim: [100],
      },
    ),
    echoed: [{ secret: 'token', where: 'body' }],
  }),
  crash: evidence(request('PUT', '/databases/main', '{"hostname":["x"]}'), {
    response: response(
      500,
      `{"summary":"** (FunctionClauseError) no function clause matching in String.split/3 ${HOSTILE.surrogate}"}`,
    ),
  }),
  long: evidence(request('POST', '/destinations/http_endpoints', LONG), {
    response: response(400, LONG, {
      truncated: true,
      validUtf8: false,
      bodyBase64: 'eyJzdW1tYXJ5Ijr//w==',
      decodeError: 'unknown coding "br2"',
    }),
  }),
  bytes: evidence({ ...request('POST', '/replays'), body: { base64: '//79/AB7' } }, { response: response(400, '') }),
  reset: evidence(request('DELETE', '/streams/ecc-1f3a'), {
    failure: {
      kind: 'malformed',
      code: 'HPE_INVALID_CONSTANT',
      message: 'Parse Error: Expected HTTP/',
      received: `${HOSTILE.ansi}garbage`,
    },
  }),
  control: evidence(request('GET', '/databases/main'), { response: response(401, '{"summary":"Unauthorized"}') }),
} satisfies Record<string, Evidence>;

/** An ordinary, conforming answer. */
export const plainEvidence = (method: string, path: string, status: number, got: number): Evidence =>
  evidence(request(method, path.replace(/\{[^}]+\}/g, '00000000-0000-4000-8000-000000000000')), {
    response: response(
      got,
      got === 422
        ? '{"summary":"Validation failed","validation_errors":{"name":["can\'t be blank"]}}'
        : `{"summary":"${STATUS_NAMES[got] ?? 'OK'}: the answer to ${method} ${path} provoked for ${status}"}`,
    ),
  });
