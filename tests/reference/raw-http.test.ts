import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reference, startReference } from '../../reference/server.ts';
import { CONTRACT, expectError, parseRaw, sendRaw } from './support.ts';

let reference: Reference;
let auth: string;
beforeAll(async () => {
  reference = await startReference({ operations: CONTRACT.operations, requestTimeoutMs: 400 });
  auth = `Authorization: Bearer ${reference.token}\r\n`;
});
afterAll(() => reference.close());

/** Sends lines as they are, with what else a request needs, and expects exactly one response. */
async function exchange(head: string, body = '') {
  return parseRaw(await sendRaw(reference, `${head.replaceAll('AUTH\r\n', auth)}\r\n${body}`));
}

describe('400 for what is not valid HTTP, with full headers and Connection: close', () => {
  it.each([
    ['garbage', 'garbage\r\n'],
    ['an unknown method', 'FROBNICATE /api/sinks HTTP/1.1\r\nHost: x\r\n'],
    ['a method in lower case', 'get /api/sinks HTTP/1.1\r\nHost: x\r\n'],
    ['an unknown version', 'GET /api/sinks HTTP/9.9\r\nHost: x\r\n'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n'],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n'],
    ['a header without a colon', 'GET /api/sinks HTTP/1.1\r\nHost: x\r\nBroken\r\n'],
    ['a space before the colon', 'GET /api/sinks HTTP/1.1\r\nHost : x\r\n'],
    ['too many headers', `GET /api/sinks HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n`],
    ['a megabyte of headers', `GET /api/sinks HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(1_000_000)}\r\n`],
    ['a target that is too long', `GET /api/sinks/${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n`],
    ['two different lengths', 'POST /api/sinks HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n'],
    ['a length that is no number', 'POST /api/sinks HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n'],
    [
      'a length and chunks',
      'POST /api/sinks HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n',
    ],
    ['CONNECT', 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n'],
  ])('%s', async (_title, head) => {
    const answer = await exchange(head);
    expectError(answer, 400);
    expect(answer.headers.get('connection')).toBe('close');
  });

  it('a broken chunk', async () => {
    const head = 'POST /api/sinks HTTP/1.1\r\nHost: x\r\nAUTH\r\nContent-Type: application/json\r\n';
    expectError(await exchange(`${head}Transfer-Encoding: chunked\r\n`, 'zz\r\n{}\r\n'), 400);
  });

  it('a request that never ends', async () => {
    expectError(await exchange('GET /api/sinks HTTP/1.1\r\nHost: x\r\nX-Slow: '.slice(0, -2)), 400);
    const head = 'POST /api/sinks HTTP/1.1\r\nHost: x\r\nAUTH\r\nContent-Type: application/json\r\n';
    expectError(await exchange(`${head}Content-Length: 10\r\n`, '{'), 400);
  });

  it('after the answer to a complete request before it', async () => {
    const first = 'GET /api/sinks/nothing HTTP/1.1\r\nHost: x\r\nX-Account: remote\r\nAUTH\r\n\r\n';
    const received = await sendRaw(reference, `${first.replace('AUTH\r\n', auth)}garbage\r\n\r\n`, 500);
    expect(received.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 504', 'HTTP/1.1 400']);
  });
});

describe('exactly one answer', () => {
  const chunked = 'Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n';

  it.each([
    ['after a 401', 'POST /api/sinks HTTP/1.1\r\nHost: x\r\n', 401],
    ['after a 404', 'POST /nothing HTTP/1.1\r\nHost: x\r\n', 404],
    ['after an expectation', 'POST /api/sinks HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n', 400],
  ])('%s the rest of a request may be bad', async (_title, head, status) => {
    const received = await sendRaw(reference, head + chunked);
    expect(received.match(/HTTP\/1\.1 \d{3}/g)).toEqual([`HTTP/1.1 ${status}`]);
  });

  it('without a body, to a HEAD that is not valid HTTP', async () => {
    const answer = await exchange('HEAD /api/sinks HTTP/1.1\r\nHost: x\r\nBroken\r\n');
    expect([answer.status, answer.text]).toEqual([400, '']);
  });

  it('none to a connection that says nothing', async () => {
    expect(await sendRaw(reference, '')).toBe('');
  });
});

describe('400 for what Node would let through or answer on its own', () => {
  it.each([
    ['no Host', 'GET /api/sinks HTTP/1.1\r\nAUTH\r\n'],
    ['two Hosts', 'GET /api/sinks HTTP/1.1\r\nHost: x\r\nHost: y\r\nAUTH\r\n'],
    ['an invalid Host', 'GET /api/sinks HTTP/1.1\r\nHost: a b\r\nAUTH\r\n'],
    ['HTTP/2.0 in words', 'GET /api/sinks HTTP/2.0\r\nHost: x\r\nAUTH\r\n'],
    ['an expectation', 'POST /api/sinks HTTP/1.1\r\nHost: x\r\nAUTH\r\nExpect: tea\r\nContent-Length: 0\r\n'],
    ['a lone %', 'GET /api/sinks/% HTTP/1.1\r\nHost: x\r\nAUTH\r\n'],
    ['%zz', 'GET /api/sinks/%zz HTTP/1.1\r\nHost: x\r\nAUTH\r\n'],
    ['%ff', 'GET /api/sinks/%ff HTTP/1.1\r\nHost: x\r\nAUTH\r\n'],
    ['%00', 'GET /api/sinks/a%00b HTTP/1.1\r\nHost: x\r\nAUTH\r\n'],
    ['an overlong form', 'GET /api/sinks/%c0%af HTTP/1.1\r\nHost: x\r\nAUTH\r\n'],
    ['%zz without a token', 'GET /api/sinks/%zz HTTP/1.1\r\nHost: x\r\n'],
    ['%zz without a route', 'GET /%zz HTTP/1.1\r\nHost: x\r\n'],
    ['%zz in the query', 'GET /api/sinks?a=%zz HTTP/1.1\r\nHost: x\r\nAUTH\r\n'],
    ['%ff in the query', 'GET /api/sinks?a=%ff HTTP/1.1\r\nHost: x\r\nAUTH\r\n'],
    ['bytes that are not ASCII', 'GET /api/sinks/\u00e9 HTTP/1.1\r\nHost: x\r\nAUTH\r\n'],
    ['a backslash', 'GET /api\\sinks HTTP/1.1\r\nHost: x\r\nAUTH\r\n'],
    ['a fragment', 'GET /api/sinks#x HTTP/1.1\r\nHost: x\r\nAUTH\r\n'],
    ['a target that is no path', 'GET sinks HTTP/1.1\r\nHost: x\r\nAUTH\r\n'],
  ])('%s', async (_title, head) => {
    expectError(await exchange(head), 400);
  });
});

describe('other forms of a request', () => {
  it('404 for OPTIONS *, TRACE, and an upgrade of what does not exist', async () => {
    expectError(await exchange('OPTIONS * HTTP/1.1\r\nHost: x\r\n'), 404);
    expectError(await exchange('TRACE /api/sinks HTTP/1.1\r\nHost: x\r\n'), 404);
    expectError(await exchange('GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n'), 404);
  });

  it('takes the absolute form, HTTP/1.0 without Host, and Expect: 100-continue', async () => {
    const absolute = 'GET http://example.com/api/sinks HTTP/1.1\r\nHost: x\r\nAUTH\r\n';
    expect((await exchange(absolute)).status).toBe(200);
    expect((await exchange('GET /api/sinks HTTP/1.0\r\nAUTH\r\n')).status).toBe(200);
    const head = 'POST /api/sinks HTTP/1.1\r\nHost: x\r\nAUTH\r\nContent-Type: application/json\r\n';
    const received = await sendRaw(
      reference,
      `${head.replace('AUTH\r\n', auth)}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}`,
    );
    expect(received.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 100', 'HTTP/1.1 422']);
  });

  it('401 for two Authorization headers, even the same twice', async () => {
    expectError(await exchange('GET /api/sinks HTTP/1.1\r\nHost: x\r\nAUTH\r\nAUTH\r\n'), 401);
    const second = 'authorization: Bearer wrong\r\n';
    expectError(await exchange(`GET /api/sinks HTTP/1.1\r\nHost: x\r\nAUTH\r\n${second}`), 401);
    expectError(await exchange('GET /api/sinks HTTP/1.1\r\nHost: x\r\nAuthorization:\r\n'), 401);
  });

  it('no body for HEAD, also of an error that no route answers', async () => {
    for (const target of ['/%zz', '/nothing', '/api/sinks']) {
      const answer = await exchange(`HEAD ${target} HTTP/1.1\r\nHost: x\r\n`);
      expect([answer.text, Number(answer.headers.get('content-length')) > 0]).toEqual(['', true]);
    }
  });

  it('keeps the connection after an ordinary error', async () => {
    const request = `GET /api/sinks/nothing HTTP/1.1\r\nHost: x\r\n${auth}\r\n`;
    const received = await sendRaw(reference, request + request);
    expect(received.match(/HTTP\/1\.1 404/g)).toHaveLength(2);
  });
});
