import { copyStart } from '../model/copy-start.ts';
import type { Exchange, RequestSpec } from '../model/exchange.ts';
import { toCurl } from './curl.ts';
import type { FreshEvidence } from './finding.ts';

/** How much of a body is kept as evidence, in characters; four characters of base64 are three bytes, so that it can be cut there. */
const KEPT = 4096;

/** What shows a finding: the exchange, trimmed, and the command that repeats it. */
export function makeEvidence(exchange: Exchange): FreshEvidence {
  const evidence = { exchange: trimExchange(exchange), curl: toCurl(exchange.request, exchange.url) };
  const { body } = exchange.request;
  return body && isLong(body) ? { ...evidence, requestBytes: countBytes(body) } : evidence;
}

/** A copy of an exchange whose bodies are cut to what evidence needs; `bodyBytes` keeps the true size of the answer's. */
export function trimExchange(exchange: Exchange): Exchange {
  const { request, response } = exchange;
  const trimmed: Exchange = { ...exchange };
  if (request.body && isLong(request.body)) trimmed.request = { ...request, body: cutBody(request.body) };
  if (response && response.body.length > KEPT) trimmed.response = { ...response, body: copyStart(response.body, KEPT) };
  return trimmed;
}

type Body = NonNullable<RequestSpec['body']>;

function isLong(body: Body): boolean {
  return ('text' in body ? body.text : body.base64).length > KEPT;
}

function cutBody(body: Body): Body {
  return 'text' in body ? { text: copyStart(body.text, KEPT) } : { base64: copyStart(body.base64, KEPT) };
}

function countBytes(body: Body): number {
  return 'text' in body ? Buffer.byteLength(body.text) : Buffer.byteLength(body.base64, 'base64');
}
