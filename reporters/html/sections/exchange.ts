import { Buffer } from 'node:buffer';
import type { Exchange, RequestSpec, ResponseRecord, TransportFailure } from '../../../engine/exchange.ts';
import { formatCount } from '../../shared/format.ts';
import { cutText } from '../../shared/visible-text.ts';
import { block, type Html, html, type Part } from '../escape.ts';
import { prettyJson } from '../pretty-json.ts';

const HEADER_LIMIT = 400;
const RAW_LIMIT = 600;

const renderHeaders = (headers: readonly (readonly [string, string])[]): Part =>
  headers.map(([name, value]) => html`<span class="h">${name}:</span> ${cutText(value, HEADER_LIMIT)}\n`);

const renderBody = (body: string, bytes: number, limit: number, pointer: string): Part => {
  if (body === '') return html`<i class="note">no body</i>`;
  const pretty = prettyJson(body, limit, pointer);
  // Evidence may have been cut before it came here; the true size gives it away.
  const cut = (pretty === undefined ? body.length > limit : pretty.cut) || Buffer.byteLength(body) < bytes;
  const text =
    pretty?.mark === undefined
      ? block(pretty === undefined ? cutText(body, limit) : pretty.lines.join('\n'))
      : pretty.lines.map((line, index) => {
          const end = index === pretty.lines.length - 1 ? '' : '\n';
          return index === pretty.mark ? html`<mark>${block(line)}</mark>${block(end)}` : block(line + end);
        });
  return cut ? html`${text}\n<i class="note">cut; ${formatCount(bytes)} bytes in all</i>` : text;
};

const requestBody = ({ body }: RequestSpec, limit: number): Part => {
  if (body === undefined) return html`<i class="note">no body</i>`;
  if ('text' in body) return renderBody(body.text, Buffer.byteLength(body.text), limit, '');
  const bytes = Buffer.byteLength(body.base64, 'base64');
  return html`${block(cutText(body.base64, RAW_LIMIT))}\n<i class="note">base64 of ${formatCount(bytes)} bytes that are no valid text</i>`;
};

const listOddities = (response: ResponseRecord): Part[] => [
  ...(response.interim.length > 0 ? [html`interim answers first: ${response.interim.join(', ')}`] : []),
  ...(response.complete ? [] : [html`the connection ended before the message did`]),
  ...(response.truncated ? [html`longer than the client takes; only the first part was read`] : []),
  ...(response.validUtf8 ? [] : [html`not valid UTF-8`]),
  ...(response.bodyBase64 === undefined
    ? []
    : [html`first bytes in base64: <code>${cutText(response.bodyBase64, 120)}</code>`]),
  ...(response.decodeError === undefined ? [] : [html`content could not be decoded: ${response.decodeError}`]),
  ...(response.bytesAfter === ''
    ? []
    : [html`bytes behind the complete response: <code>${cutText(response.bytesAfter, RAW_LIMIT)}</code>`]),
];

const renderResponse = (response: ResponseRecord, limit: number, pointer: string): Html => html`
<pre tabindex="0"><b>HTTP/${response.httpVersion} ${response.status} ${response.reason}</b>\n${renderHeaders(response.headers)}\n${renderBody(response.body, response.bodyBytes, limit, pointer)}</pre>`;

const renderFailure = ({ kind, code, message, received }: TransportFailure): Html => html`
<pre tabindex="0"><b>No response: ${kind}</b> (${code})\n${message}${
  received === undefined
    ? ''
    : html`\n${block('\n')}<i class="note">first bytes received</i>\n${block(cutText(received, RAW_LIMIT))}`
}</pre>`;

/** A request and its answer side by side, long bodies cut at `limit` characters; the line that `pointer` names is marked. */
export const renderExchange = (exchange: Exchange, limit: number, pointer: string): Html => {
  const { request, response, failure } = exchange;
  const notes: Part[] = [
    ...(response === undefined ? [] : listOddities(response)),
    ...exchange.echoed.map(
      ({ secret, where }) => html`the secret <code>${secret}</code> came back in the ${where} and was removed`,
    ),
  ];
  return html`
<div class="exchange">
<figure><figcaption>Request <small>${exchange.url}</small></figcaption>
<pre tabindex="0"><b>${request.method} ${request.target}</b>\n${renderHeaders(request.headers)}\n${requestBody(request, limit)}</pre></figure>
<figure><figcaption>${failure === undefined ? 'Response' : 'Answer'} <small>${formatCount(Math.round(exchange.ms))} ms${
    response === undefined ? '' : `, ${formatCount(response.bodyBytes)} bytes, framing: ${response.framing}`
  }</small></figcaption>
${response === undefined ? '' : renderResponse(response, limit, pointer)}${failure === undefined ? '' : renderFailure(failure)}
</figure>
</div>
${notes.length === 0 ? '' : html`<ul class="oddities">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}`;
};
