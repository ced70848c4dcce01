import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Alter } from './alteration.ts';
import { COMMON_HEADERS } from './answer-headers.ts';
import { ApiError, errorBody } from './errors.ts';
import { type Answer, toBytes } from './message-bytes.ts';

const LINGER_MS = 1_000;

// The parser complains about each further piece of what it refused; one answer is enough.
const refused = new WeakSet<Socket>();

const SUMMARIES: Record<string, string> = {
  HPE_HEADER_OVERFLOW: 'The request line and headers are too large.',
  HPE_INVALID_METHOD: 'The request method is not known.',
  HPE_INVALID_URL: 'The request target is invalid.',
  ERR_HTTP_REQUEST_TIMEOUT: 'The request was not received in time.',
};

/** The last request and response of each socket. */
export type Exchanges = WeakMap<object, { request: IncomingMessage; response: ServerResponse }>;

/** What Node tells of a message that its parser refused. */
export type ParserError = Error & { code?: string | undefined; rawPacket?: unknown };

/** Answers what Node's parser refused (`clientError`), once for each socket and never beside another answer. */
export function answerClientError(error: ParserError, socket: Socket, exchanges: Exchanges, alter?: Alter): void {
  if (refused.has(socket)) return;
  refused.add(socket);
  const answer = (isHead: boolean) => writeBadRequest(socket, SUMMARIES[error.code ?? ''], isHead ? 'HEAD' : '', alter);
  const current = exchanges.get(socket);
  if (current !== undefined && !current.request.complete) {
    // The bad bytes are the rest of a request. If that is answered already, no second answer may follow (RFC 9110 §15).
    if (current.response.headersSent) socket.destroy();
    else answer(current.request.method === 'HEAD');
    return;
  }
  // Nobody asked: an answer to a connection that timed out idle would be taken for one to the next request.
  if (socket.bytesRead === 0) return void socket.destroy();
  const packet = Buffer.isBuffer(error.rawPacket) ? error.rawPacket : Buffer.alloc(0);
  const next = () => answer(packet.subarray(0, 5).toString('latin1') === 'HEAD ');
  // The bad bytes follow a complete request: its answer goes first (RFC 9112 §9.3.2).
  if (current === undefined || current.response.writableFinished) next();
  else current.response.once('close', next);
}

/** Writes a 400 with the contract's body straight to a socket, then closes it without losing the answer. */
export function writeBadRequest(
  socket: Duplex,
  summary = 'The request is not valid HTTP.',
  method = '',
  alter?: Alter,
): void {
  socket.on('error', () => {}); // The peer may be gone; there is nobody left to tell.
  if (!socket.writable) return;
  const given: Answer = {
    status: 400,
    // RFC 9110 §6.6.1: an origin server with a clock sends Date.
    headers: Object.entries({ ...COMMON_HEADERS, date: new Date().toUTCString(), connection: 'close' }),
    body: errorBody(new ApiError(400, summary)),
  };
  if (alter === undefined) writeAndClose(socket, toBytes(given, method));
  else {
    void alter(given, { method, target: '', headers: {} }).then((altered) => {
      // Every server here listens on TCP.
      if ('takeOver' in altered) altered.takeOver(socket as Socket);
      else writeAndClose(socket, 'raw' in altered ? altered.raw : toBytes(altered, method));
    });
  }
}

function writeAndClose(socket: Duplex, bytes: Buffer | string): void {
  socket.end(bytes);
  // RFC 9112 §9.6: closing at once, while the client still sends, would reset the connection and lose the answer.
  socket.resume();
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

/** Answers a request outside the routes (an expectation that cannot be met, RFC 9110 §10.1.1) with a 400. */
export function endWithBadRequest(response: ServerResponse, summary: string): void {
  const body = errorBody(new ApiError(400, summary));
  const length = String(Buffer.byteLength(body));
  response.writeHead(400, { ...COMMON_HEADERS, 'content-length': length }).end(body);
}
