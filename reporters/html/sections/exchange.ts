import { Buffer } from 'node:buffer';
import type { Evidence } from '../../../judge/finding.ts';
import type { Exchange, ResponseRecord, TransportFailure } from '../../../model/exchange.ts';
import { formatCount } from '../../shared/format.ts';
import { cutText } from '../../shared/visible-text.ts';
import { block, type Html, html, type Part } from '../escape.ts';
import { hexDump } from '../hex-dump.ts';
import { prettyJson } from '../pretty-json.ts';
import type { View } from '../view.ts';

const HEADER_LIMIT = 400;
const RAW_LIMIT = 600;
/** Bytes that are shown in hex. */
const HEX_LIMIT = 256;

/** What of an exchange is at fault: a place in the answer's body, the status when it is not the one that was due, headers. */
type Fault = { pointer: string; isStatusWrong: boolean; isNamed: (header: string) => boolean };

const NO_FAULT: Fault = { pointer: '', isStatusWrong: false, isNamed: () => false };

const renderHeaders = (headers: readonly (readonly [string, string])[], { isNamed } = NO_FAULT): Part =>
  headers.map(([name, value]) => {
    const line = html`<span class="h">${name}:</span> ${cutText(value, HEADER_LIMIT)}`;
    return isNamed(name) ? html`<mark>${line}</mark>\n` : html`${line}\n`;
  });

const note = (text: string): Html => html`<i class="note">${text}</i>`;

const cutNote = (bytes: number): Html => note(`cut; ${formatCount(bytes)} bytes in all`);

const renderText = (body: string, bytes: number, limit: number, pointer: string): Part => {
  if (body === '') return note('no body');
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
  return cut ? html`${text}\n${cutNote(bytes)}` : text;
};

const renderBytes = (base64: string, bytes: number): Part => {
  const shown = Buffer.from(base64, 'base64').subarray(0, HEX_LIMIT);
  return html`${block(hexDump(shown))}\n${note(`${formatCount(bytes)} bytes that are no valid text`)}${
    shown.length < bytes ? note(`; the first ${formatCount(shown.length)} are shown`) : ''
  }`;
};

const requestBody = ({ exchange: { request }, requestBytes }: Evidence, limit: number): Part => {
  const { body } = request;
  if (body === undefined) return note('no body');
  return 'text' in body
    ? renderText(body.text, requestBytes ?? Buffer.byteLength(body.text), limit, '')
    : renderBytes(body.base64, requestBytes ?? Buffer.byteLength(body.base64, 'base64'));
};

/** Whether hardly anything of a text can be read: more than a tenth stands for bytes that are none, or controls something. */
const isBinary = (text: string): boolean => (text.match(/[^\P{Cc}\t\n\r]|\ufffd/gu)?.length ?? 0) * 10 > text.length;

const responseBody = ({ body, bodyBase64, bodyBytes }: ResponseRecord, limit: number, pointer: string): Part => {
  if (bodyBase64 === undefined) return renderText(body, bodyBytes, limit, pointer);
  if (isBinary(body)) return renderBytes(bodyBase64, bodyBytes);
  const first = Buffer.from(bodyBase64, 'base64').subarray(0, HEX_LIMIT / 4);
  return html`${renderText(body, bodyBytes, limit, pointer)}\n${note('first bytes')}\n${block(hexDump(first))}`;
};

const listOddities = (response: ResponseRecord): Part[] => [
  ...(response.interim.length > 0 ? [html`interim answers first: ${response.interim.join(', ')}`] : []),
  ...(response.complete ? [] : [html`the connection ended before the message did`]),
  ...(response.truncated ? [html`longer than the client takes; only the first part was read`] : []),
  ...(response.validUtf8 ? [] : [html`not valid UTF-8`]),
  ...(response.decodeError === undefined ? [] : [html`the content could not be decoded: ${response.decodeError}`]),
  ...(response.bytesAfter === ''
    ? []
    : [html`bytes behind the complete response: <code>${cutText(response.bytesAfter, RAW_LIMIT)}</code>`]),
];

const renderResponse = (response: ResponseRecord, limit: number, fault: Fault): Html => {
  const line = html`<b>HTTP/${response.httpVersion} ${response.status} ${response.reason}</b>`;
  return html`
<pre tabindex="0" aria-label="Response">${fault.isStatusWrong ? html`<mark>${line}</mark>` : line}\n${renderHeaders(response.headers, fault)}\n${responseBody(response, limit, fault.pointer)}</pre>`;
};

const renderFailure = ({ kind, code, message, received }: TransportFailure): Html => html`
<pre tabindex="0" aria-label="What came instead of a response"><b>No response: ${kind}</b> (${code})\n${message}${
  received === undefined
    ? ''
    : html`\n${block('\n')}<i class="note">first bytes received</i>\n${block(cutText(received, RAW_LIMIT))}`
}</pre>`;

const describeSize = ({ response }: Pick<Exchange, 'response'>): string =>
  response === undefined ? '' : `${formatCount(response.bodyBytes)} bytes, framing: ${response.framing}`;

/**
 * A request and its answer side by side, long bodies cut at `limit` characters, what is at fault marked. How long it took is
 * filled in by the script: it is of this run only, and stands in the page's head. Nothing where there is no such evidence.
 */
export const renderExchange = (view: View, index: number | undefined, limit: number, fault = NO_FAULT): Part => {
  const evidence = index === undefined ? undefined : view.report.evidence[index];
  if (index === undefined || evidence === undefined) return '';
  const { request, response, failure, url, echoed } = evidence.exchange;
  const notes: Part[] = [
    ...(response === undefined ? [] : listOddities(response)),
    ...echoed.map(
      ({ secret, where }) => html`the secret <code>${secret}</code> came back in the ${where} and was removed`,
    ),
  ];
  return html`
<div class="exchange">
<figure><figcaption>Request <small>${url}</small></figcaption>
<pre tabindex="0" aria-label="Request"><b>${request.method} ${request.target}</b>\n${renderHeaders(request.headers)}\n${requestBody(evidence, limit)}</pre></figure>
<figure><figcaption>${failure === undefined ? 'Response' : 'Answer'} <small>${describeSize(evidence.exchange)}<span data-ms="${index}"></span></small></figcaption>
${response === undefined ? '' : renderResponse(response, limit, fault)}${failure === undefined ? '' : renderFailure(failure)}
</figure>
</div>
${notes.length === 0 ? '' : html`<ul class="oddities">${notes.map((each) => html`<li>${each}</li>`)}</ul>`}`;
};
