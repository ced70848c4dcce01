import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import type { Hostile, Original } from './hostile.ts';

/** A running front; `close` ends it and all its connections. */
export type Front = { port: number; close: () => Promise<void> };

/** What is answered early: a body was never read, so that it can be any. */
const EARLY: Original = { status: 400, reason: 'Bad Request', body: '{"summary":"too early"}' };

/**
 * Puts a hostile server before a port of loopback: what is answered well passes as it is, and every error is answered in the
 * hostile way. One request a connection, which is all that the suite sends.
 */
export async function startFront(hostile: Hostile, port: number): Promise<Front> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    serve(hostile, port, socket, () => server.close());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, close };
}

function serve(hostile: Hostile, port: number, socket: Socket, stop: () => void): void {
  if (hostile.early) {
    socket.once('data', (chunk: Buffer) => {
      const hasBody = /^content-length: *[1-9]/im.test(chunk.toString('latin1'));
      if (hasBody) hostile.answer(socket, EARLY, stop);
      else pass(port, socket, chunk, (bytes) => socket.end(bytes));
    });
    return;
  }
  pass(port, socket, Buffer.alloc(0), (bytes) => {
    const original = parse(bytes);
    if (original.status < 400) socket.end(bytes);
    else hostile.answer(socket, original, stop);
  });
}

/** Hands a request on, and yields the whole answer. */
function pass(port: number, socket: Socket, begun: Buffer, onAnswer: (bytes: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const upstream = connect(port, '127.0.0.1');
  upstream.write(begun);
  socket.on('data', (chunk: Buffer) => upstream.write(chunk));
  upstream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => socket.destroy());
  // The suite asks for the connection to be closed behind the answer.
  upstream.on('end', () => onAnswer(Buffer.concat(chunks)));
}

function parse(bytes: Buffer): Original {
  const text = bytes.toString('utf8');
  const [, status, reason = ''] = /^HTTP\/1\.1 (\d+) ?(.*)\r\n/.exec(text) ?? [];
  return { status: Number(status), reason, body: text.slice(text.indexOf('\r\n\r\n') + 4) };
}
