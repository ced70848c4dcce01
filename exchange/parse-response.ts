import { type IncomingMessage, request } from 'node:http';
import { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** How much the parser is fed at once, in bytes. */
const PIECE = 64 * 1024;

/** A response as Node's own parser (llhttp, strict) read it; `head` is absent when no final header block could be read. */
export type ParsedResponse = {
  head?: { status: number; reason: string; httpVersion: string; headers: [name: string, value: string][] };
  interim: number[];
  /** Content after transfer decoding. */
  body: Buffer;
  /** True when the message ended as its framing says, the end of `raw` counting as the close of the connection. */
  complete: boolean;
  /** The parser's complaint, code `HPE_…`. */
  error?: { code: string; message: string };
};

/**
 * Parses the raw bytes of one response, interim answers included and nothing behind it. `toHead` as in `startWalk`.
 *
 * The bytes are put before `node:http` on a stream that stands in for its socket, so that good and illegal requests alike
 * have their answers read by one mature parser. What the stand-in is asked to send is dropped: the real request went out by
 * `wire.ts`. The parser never sees bytes behind the message; it would raise HPE_CLOSED_CONNECTION over them and so turn a
 * complete response into a failure.
 */
export function parseResponse(raw: Buffer, toHead: boolean): Promise<ParsedResponse> {
  return new Promise((resolve) => {
    const parsed: Omit<ParsedResponse, 'body'> = { interim: [], complete: false };
    const body: Buffer[] = [];
    const finish = () => resolve({ ...parsed, body: Buffer.concat(body) });
    const socket = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
    const reader = request({
      method: toHead ? 'HEAD' : 'GET',
      createConnection: () => socket,
      insecureHTTPParser: false,
      // The wire has bounded the header already.
      maxHeaderSize: raw.length + 1024,
    });
    // Else Node drops all header fields behind the thousandth.
    reader.maxHeadersCount = 0;
    reader.on('information', ({ statusCode }) => parsed.interim.push(statusCode));
    reader.on('upgrade', (response) => {
      parsed.head = headOf(response);
      parsed.complete = true;
      socket.destroy();
      finish();
    });
    reader.on('error', (error: NodeJS.ErrnoException) => {
      // ECONNRESET is Node's word for the end of our stand-in; only the parser's own complaints are news.
      if (error.code?.startsWith('HPE_')) parsed.error = { code: error.code, message: error.message };
      if (!parsed.head) finish();
    });
    reader.on('response', (response) => {
      parsed.head = headOf(response);
      response.on('data', (chunk: Buffer) => body.push(chunk));
      response.on('error', () => {});
      response.on('close', () => {
        parsed.complete = response.complete;
        finish();
      });
    });
    reader.end();
    void feed(socket, raw);
  });
}

/**
 * Feeds the parser piece by piece, so that the many small chunks of a large body do not pile up before anyone takes them. The
 * end comes a turn later, so as not to lean on the order of Node's ticks: an end in mid-message destroys the response, along
 * with body bytes that no listener has had yet.
 */
async function feed(socket: Duplex, raw: Buffer): Promise<void> {
  for (let at = 0; at < raw.length && !socket.destroyed; at += PIECE) {
    socket.push(raw.subarray(at, at + PIECE));
    await nextTurn();
  }
  if (raw.length === 0) await nextTurn();
  socket.push(null);
}

function headOf(response: IncomingMessage): NonNullable<ParsedResponse['head']> {
  const { statusCode = 0, statusMessage = '', httpVersion, rawHeaders } = response;
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '']);
  return { status: statusCode, reason: statusMessage, httpVersion, headers };
}
