import type { Socket } from 'node:net';

/** What a well-behaved server would have answered: status line and headers, and the body. */
export type Original = { status: number; reason: string; body: string };

/**
 * What a run against a hostile server must come to:
 * - `theirs`: non-conformant, and the named checks are among those that found something;
 * - `harmless`: strange, but no MUST of the contract is broken;
 * - `network`: an error that is held against nobody.
 */
export type Blame = 'theirs' | 'harmless' | 'network';

/** One hostile server: well-behaved up to an error, which it answers in its own way. */
export type Hostile = {
  id: string;
  does: string;
  blame: Blame;
  /** Checks that must have found something. */
  checks?: string[];
  /**
   * Answers in place of an error. A connection that it leaves open is closed by the client's deadline; `stop` makes the server
   * take no more connections.
   */
  answer: (socket: Socket, original: Original, stop: () => void) => void;
  /** Answers requests that have a body before that was read, and does not wait for what the answer would have been. */
  early?: true;
};

/** A complete answer with the original's status unless told otherwise. */
export function respond(original: Original, body: string | Buffer, headers: string[] = [], status?: string): Buffer {
  const bytes = Buffer.from(body as string);
  const names = headers.join('\r\n').toLowerCase();
  const lines = [`HTTP/1.1 ${status ?? `${original.status} ${original.reason}`}`];
  if (!/^content-type:/m.test(names)) lines.push('Content-Type: application/json');
  if (original.status === 401 && !/^www-authenticate:/m.test(names)) lines.push('WWW-Authenticate: Bearer');
  if (!/^(?:content-length|transfer-encoding):/m.test(names)) lines.push(`Content-Length: ${bytes.length}`);
  return Buffer.concat([Buffer.from(`${[...lines, ...headers].join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

/** Writes the same piece again and again until the peer has had enough. */
export function flood(socket: Socket, piece: string | Buffer, most = Number.POSITIVE_INFINITY): void {
  let left = most;
  const pour = () => {
    while (left > 0 && !socket.destroyed) {
      left -= 1;
      if (!socket.write(piece)) return void socket.once('drain', pour);
    }
    socket.end();
  };
  pour();
}

/** Writes one byte at a time. */
export function drip(socket: Socket, bytes: Buffer, everyMs: number): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed || at >= bytes.length) return clearInterval(timer);
    socket.write(bytes.subarray(at, at + 1));
    at += 1;
    return undefined;
  }, everyMs);
  socket.once('close', () => clearInterval(timer));
}
