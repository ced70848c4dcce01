import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Target } from '../../runner/session.ts';

/** The published body of a status, flawless. */
export function perfectBody(status: number): string {
  const summary = `This is a perfect ${status}.`;
  return JSON.stringify(status === 422 ? { summary, validation_errors: { base: ['is refused'] } } : { summary });
}

/** The headers that an error of a status ought to carry. */
export function perfectHeaders(status: number): Record<string, string> {
  return {
    'content-type': 'application/json',
    ...(status === 401 && { 'www-authenticate': 'Bearer realm="degenerate"' }),
    ...(status === 429 && { 'retry-after': '0' }),
  };
}

/** Answers with a perfect error. */
export function answerPerfectly(response: ServerResponse, status: number): void {
  response.writeHead(status, perfectHeaders(status)).end(perfectBody(status));
}

/** Answers 200 with a JSON value. */
export function answerJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** A server that answers every request in the same way, below the prefix `/api`. */
export async function withServer<Result>(
  handle: (request: IncomingMessage, response: ServerResponse, body: string) => void,
  work: (target: Target) => Promise<Result>,
): Promise<Result> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => handle(request, response, Buffer.concat(chunks).toString('utf8')));
    request.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  try {
    return await work({ url, token: 'degenerate-token-1', adminToken: 'degenerate-admin-token-2' });
  } finally {
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
  }
}
