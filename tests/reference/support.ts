import { connect } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import { lookUpDocumented } from '../../judge/documented.ts';
import type { Reference } from '../../reference/server.ts';
import { loadContract } from '../../schemas/load-contract.ts';

/** The contract, read once for each test file. */
export const CONTRACT = loadContract();

const ajv = new Ajv2020({ strict: false });
const documentedFor = lookUpDocumented(CONTRACT);
const validators = new Map(
  CONTRACT.statuses.map((status) => [status, ajv.compile(documentedFor({ operation: '', status }).schema ?? {})]),
);

/** An answer, whichever way it was fetched. */
export type Answer = { status: number; headers: Headers; text: string };

/** How a call differs from an ordinary one. */
export type CallOptions = { token?: string | null; body?: unknown; headers?: Record<string, string> };

/** Calls an operation of a reference with its ordinary token; a body that is no string is sent as JSON. */
export async function call(
  { url, token }: Reference,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const headers = new Headers();
  if (options.token !== null) headers.set('authorization', `Bearer ${options.token ?? token}`);
  if (options.body !== undefined) headers.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
  const body = typeof options.body === 'object' ? JSON.stringify(options.body) : (options.body as string | undefined);
  const response = await fetch(url + path, { method, headers, ...(body !== undefined && { body }) });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Sends bytes as they are and gives all that comes back until the server closes or `quietMs` pass without more. */
export function sendRaw({ url }: Reference, bytes: string | Buffer, quietMs = 150): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const finish = () => {
      socket.destroy();
      resolve(received);
    };
    let timer = setTimeout(finish, 5_000);
    socket.setEncoding('utf8');
    socket.on('data', (data) => {
      received += data;
      clearTimeout(timer);
      timer = setTimeout(finish, quietMs);
    });
    socket.on('error', () => {});
    socket.on('close', finish);
  });
}

/** Reads exactly one response out of what `sendRaw` gives. */
export function parseRaw(received: string): Answer {
  const [, status, rawHeaders, text] =
    /^HTTP\/1\.1 (\d{3}) [^\r\n]+\r\n([\s\S]*?)\r\n\r\n([\s\S]*)$/.exec(received) ?? [];
  expect(status, `not a response: ${JSON.stringify(received.slice(0, 200))}`).toBeDefined();
  const headers = new Headers();
  for (const line of (rawHeaders as string).split('\r\n')) {
    const colon = line.indexOf(':');
    headers.append(line.slice(0, colon), line.slice(colon + 1));
  }
  return { status: Number(status), headers, text: text as string };
}

/** Asserts that an answer is the contract's error of that status, in headers, framing and body; gives the body. */
export function expectError(answer: Answer, status: number): { summary: string; validation_errors?: object } {
  expect(answer.status, answer.text).toBe(status);
  expectHeaders(answer, status);
  expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(answer.text)));
  const body = JSON.parse(answer.text);
  const validate = validators.get(status);
  expect(validate?.(body), answer.text).toBe(true);
  expect(Object.keys(body)).toEqual(status === 422 ? ['summary', 'validation_errors'] : ['summary']);
  if (status === 422) expect(Object.keys(body.validation_errors)).not.toEqual([]);
  expect(answer.text).not.toMatch(/\bat .*:\d+|node_modules|\.ts\b|\/work|SELECT|127\.0\.0\.1|localhost|FST_|ref_/);
  return body;
}

/** Asserts the headers that every error carries, also one without a body. */
export function expectHeaders({ headers }: Answer, status: number): void {
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('date')).toMatch(/ GMT$/);
  if (status === 401) expect(headers.get('www-authenticate')).toMatch(/^Bearer realm="[^"]+"/);
  if (status === 429) expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
}
