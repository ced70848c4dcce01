import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Client, type ClientOptions, createClient } from '../../exchange/client.ts';
import { parseBase } from '../../exchange/request-bytes.ts';
import { makeWatch } from '../../exchange/secrets.ts';
import type { ResponseRecord } from '../../model/exchange.ts';
import { createSeal } from '../../runner/seal.ts';

/** A secret as the tests use it; long enough to be redacted. */
export const SECRETS = { token: 'canaryTOKEN1234567890', adminToken: 'rootADMIN+/0987654321' };

/** A server under the test's full control. `requests` holds the bytes of each connection, as Latin-1, in order of connecting. */
export type RawServer = { port: number; requests: string[] };

/**
 * Starts a server on loopback that calls `answer` once per connection, as soon as the request's header block has come, and
 * stops it when the test ends.
 */
export async function startRawServer(answer: (socket: Socket, head: string) => void): Promise<RawServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const index = requests.push('') - 1;
    let answered = false;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      requests[index] += chunk.toString('latin1');
      const head = requests[index] ?? '';
      if (answered || !head.includes('\r\n\r\n')) return;
      answered = true;
      answer(socket, head);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, requests };
}

/** A server that writes `bytes` (Latin-1 when text) to each connection and closes it. */
export function startFixedServer(bytes: string | Buffer): Promise<RawServer> {
  return startRawServer((socket) => socket.end(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes));
}

/** A client for a server, and what it brings as it leaves a runner: without secrets. */
export function clientFor({ port }: { port: number }, options: Partial<ClientOptions> = {}): Client {
  const all = { baseUrl: `http://127.0.0.1:${port}`, secrets: SECRETS, timeoutMs: 2000, concurrency: 4, ...options };
  const { baseUrl, secrets, way = {}, headers = {} } = all;
  const watch = makeWatch({ secrets, credentials: parseBase(baseUrl).credentials, way, headers });
  const client = createClient({ ...all, watch });
  const seal = createSeal(watch.newRedactor);
  return { ...client, send: async (request, own) => seal.exchange(await client.send(request, own)) };
}

/** The plainest request. */
export const GET = { method: 'GET', target: '/', headers: [] as [string, string][] };

/** A complete response with a Content-Length. */
export function respond(status: string, body: string, headers = ''): string {
  return `HTTP/1.1 ${status}\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** The response to a plain GET from a server that answers with these bytes and closes. */
export async function receive(bytes: string | Buffer, method = 'GET'): Promise<ResponseRecord> {
  const server = await startFixedServer(bytes);
  const { response, failure } = await clientFor(server).send({ ...GET, method });
  if (!response) throw new Error(`no response: ${JSON.stringify(failure)}`);
  return response;
}

/** A complete 200 response whose body is said to have the content coding `coding`. */
export function coded(coding: string, body: Buffer): Buffer {
  const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}
