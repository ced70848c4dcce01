import { copyStart } from './copy-start.ts';
import { toCurl } from './curl.ts';
import type { Exchange } from './exchange.ts';
import type { Evidence } from './report.ts';

/** How much of a body is kept as evidence, in characters. */
const KEPT = 4096;

/** What shows a finding: the exchange, trimmed, and the command that repeats it. */
export function makeEvidence(exchange: Exchange): Evidence {
  return { exchange: trimExchange(exchange), curl: toCurl(exchange.request, exchange.url) };
}

/** A copy of an exchange whose bodies are cut to what evidence needs; `bodyBytes` keeps the true size. */
export function trimExchange(exchange: Exchange): Exchange {
  const { request, response } = exchange;
  const trimmed: Exchange = { ...exchange };
  if (request.body && 'text' in request.body && request.body.text.length > KEPT) {
    trimmed.request = { ...request, body: { text: copyStart(request.body.text, KEPT) } };
  }
  if (response && response.body.length > KEPT) trimmed.response = { ...response, body: copyStart(response.body, KEPT) };
  return trimmed;
}
