import type { Exchange, ResponseRecord, TransportFailure } from '../model/exchange.ts';
import { decodeContent, isUtf8, toText, unfold } from './content.ts';
import { isSetCookie, maskCookieLines } from './mask-cookie.ts';
import { type ParsedResponse, parseResponse } from './parse-response.ts';
import type { Redactor } from './redact.ts';
import type { Wire } from './wire.ts';

/** Most that is kept in `bodyBase64` and `received`, in bytes. */
const MAX_RAW_BYTES = 4096;

/** Most that is kept of a body that was cut, in bytes: nobody can judge it, and a run may bring hundreds. */
const MAX_CUT_BYTES = 64 * 1024;

/**
 * Turns what a connection brought into the record of an exchange, as it came; `watcher` hears all of it and remembers which secrets
 * it has seen where. Only what nobody judges, bytes that are no response or stand behind one, is redacted here already, while it is
 * still bytes: as text it may have lost what a secret is known by. `toHead` as in `startWalk`.
 */
export async function capture(
  wire: Wire,
  toHead: boolean,
  maxBodyBytes: number,
  watcher: Redactor,
): Promise<Pick<Exchange, 'response'> | Pick<Exchange, 'failure'>> {
  if (!wire.connected) return { failure: unreachable(wire) };
  const parsed = await parseResponse(wire.message, toHead);
  if (parsed.head && !isHeadBad(wire))
    return { response: await recordResponse(wire, parsed, parsed.head, maxBodyBytes, watcher) };
  const failure = failureOf(wire, parsed);
  watcher.text(failure.message, 'body');
  if (wire.message.length === 0) return { failure };
  for (const [, value = ''] of wire.message.toString('latin1').matchAll(/^set-cookie:([^\r\n]*)/gim))
    watcher.learnCookie(value);
  const received = watcher.bytes(wire.message, 'body', { end: true }).subarray(0, MAX_RAW_BYTES);
  return { failure: { ...failure, received: maskCookieLines(toText(received, true)) } };
}

/** Whether the header block is too long, or broke before it told how the body is framed. */
function isHeadBad({ phase, framing }: Wire): boolean {
  return phase === 'head-too-long' || (phase === 'broken' && framing === undefined);
}

async function recordResponse(
  wire: Wire,
  parsed: ParsedResponse,
  head: NonNullable<ParsedResponse['head']>,
  maxBodyBytes: number,
  watcher: Redactor,
): Promise<ResponseRecord> {
  const framing = wire.framing ?? 'none';
  const cut = wire.phase === 'cut';
  // The parser takes any end for the close that ends a close-delimited body; a reset or our deadline is none.
  const ended = parsed.complete && (framing !== 'close' || wire.end === 'closed');
  const partial = cut || !ended;
  const encodings = head.headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .map(([, value]) => value);
  const content = await decodeContent(parsed.body, encodings, maxBodyBytes, partial);
  const short = partial || content.truncated;
  const validUtf8 = isUtf8(content.bytes, short);
  // A Content-Length that is too small may part a secret between the body and the bytes behind it.
  const split = wire.after.length > 0;
  for (const [name, value] of head.headers) {
    if (isSetCookie(name)) watcher.learnCookie(value);
    watcher.text(name, 'header');
    watcher.text(value, 'header');
  }
  watcher.text(head.reason, 'header');
  watcher.bytes(content.bytes, 'body', { end: short || split });
  const after = watcher.bytes(wire.after, 'after', { start: split, end: true });
  const hidden = await hideFolded(content.bytes, maxBodyBytes, watcher);
  const truncated = cut || content.truncated;
  const bytes = hidden ?? content.bytes;
  const body = truncated ? bytes.subarray(0, MAX_CUT_BYTES) : bytes;
  return {
    status: head.status,
    reason: head.reason,
    httpVersion: head.httpVersion,
    headers: head.headers,
    body: toText(body, short),
    bodyBytes: content.total,
    ...(validUtf8 && !hasByteOrderMark(body) ? {} : { bodyBase64: body.subarray(0, MAX_RAW_BYTES).toString('base64') }),
    validUtf8,
    framing,
    complete: ended || cut,
    truncated,
    interim: parsed.interim,
    bytesAfter: maskCookieLines(toText(after, true)),
    ...(content.error === undefined ? {} : { decodeError: content.error }),
  };
}

/**
 * The mark that takes the place of content that is still compressed (unannounced, or broken) and holds a secret inside. Nobody can
 * judge such content, and whoever shows it cannot see what is in it.
 */
async function hideFolded(bytes: Buffer, max: number, watcher: Redactor): Promise<Buffer | undefined> {
  const inside = await unfold(bytes, max);
  if (inside === undefined) return undefined;
  const clean = watcher.bytes(inside, 'body', { end: true });
  return clean.equals(inside) ? undefined : Buffer.from('«redacted:compressed»');
}

function unreachable(wire: Wire): TransportFailure {
  const { code, message } = wire.error ?? { code: 'UNKNOWN', message: 'no connection came about' };
  return { kind: 'unreachable', code, message };
}

function failureOf(wire: Wire, parsed: ParsedResponse): TransportFailure {
  if (wire.phase === 'head-too-long')
    return { kind: 'malformed', code: 'HPE_HEADER_OVERFLOW', message: 'the response header is too long to be read' };
  if (parsed.error && parsed.error.code !== 'HPE_INVALID_EOF_STATE') return { kind: 'malformed', ...parsed.error };
  if (wire.phase === 'broken')
    return { kind: 'malformed', code: 'HPE_UNKNOWN', message: 'the bytes received are not an HTTP response' };
  if (wire.error) return { kind: wire.end === 'deadline' ? 'timeout' : 'closed', ...wire.error };
  return { kind: 'closed', code: 'EOF', message: 'the server closed the connection before a response' };
}

function hasByteOrderMark(bytes: Buffer): boolean {
  return bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
}
