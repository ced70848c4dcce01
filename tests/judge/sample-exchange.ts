import type { Exchange, RequestSpec, ResponseRecord, TransportFailure } from '../../model/exchange.ts';
import type { Json } from '../../schemas/contract.ts';

/** How an exchange differs from one that holds every clause. */
export type Change = {
  request?: Partial<RequestSpec>;
  /** A JSON value, or the text of the body as it is. */
  body?: Json | { raw: string };
  /** By name: another value, several lines of it, or null for none. */
  headers?: Record<string, string | string[] | null>;
  response?: Partial<ResponseRecord>;
  echoed?: Exchange['echoed'];
};

const BASE = 'https://api.example.com/api';

/** The headers that a status must or may come with. */
const OWN_HEADERS: Record<number, [string, string]> = {
  401: ['WWW-Authenticate', 'Bearer realm="api"'],
  405: ['Allow', 'GET, POST'],
  429: ['Retry-After', '3'],
};

/** A body as published for a status. */
export function publishedBody(status: number): { [name: string]: Json } {
  const summary = 'The request was refused';
  return status === 422 ? { summary, validation_errors: { name: ["can't be blank"] } } : { summary };
}

/** An exchange that holds every clause, with a status and the changes asked for. */
export function sampleExchange(status: number, change: Change = {}): Exchange {
  const request: RequestSpec = {
    method: 'GET',
    target: '/sinks/orders',
    headers: [
      ['Accept', 'application/json'],
      ['Authorization', 'Bearer {{token}}'],
    ],
    ...change.request,
  };
  const value = change.body === undefined ? publishedBody(status) : change.body;
  const isText = value !== null && typeof value === 'object' && 'raw' in value && typeof value.raw === 'string';
  const body = request.method === 'HEAD' ? '' : isText ? String(value.raw) : JSON.stringify(value);
  const response: ResponseRecord = {
    status,
    reason: 'Some Reason',
    httpVersion: '1.1',
    headers: headersOf(status, change.headers ?? {}),
    body,
    bodyBytes: Buffer.byteLength(body),
    validUtf8: true,
    framing: request.method === 'HEAD' ? 'none' : 'content-length',
    complete: true,
    truncated: false,
    interim: [],
    bytesAfter: '',
    ...change.response,
  };
  return { request, url: BASE + request.target, response, echoed: change.echoed ?? [], ms: 12 };
}

function headersOf(status: number, changes: NonNullable<Change['headers']>): [string, string][] {
  const own = OWN_HEADERS[status];
  const kept: [string, string][] = [['Content-Type', 'application/json; charset=utf-8'], ...(own ? [own] : [])];
  const added = Object.entries(changes).flatMap(([name, value]) =>
    value === null ? [] : [value].flat().map((line): [string, string] => [name, line]),
  );
  return [...kept.filter(([name]) => !(name in changes)), ...added];
}

/** An exchange without a response. */
export function failedExchange(kind: TransportFailure['kind'], message = 'it went wrong'): Exchange {
  const { request, url } = sampleExchange(400);
  return { request, url, failure: { kind, code: 'ECODE', message }, echoed: [], ms: 12 };
}
