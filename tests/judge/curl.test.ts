import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quoteShell, toCurl } from '../../judge/curl.ts';
import { encodeWire } from '../../model/encode-wire.ts';
import type { RequestSpec } from '../../model/exchange.ts';

const folder = mkdtempSync(join(tmpdir(), 'curl-test-'));
const received: Buffer[] = [];
/** Answers once the connection has been quiet for a moment, so that it sees all that curl sends. */
const server = createServer((socket) => {
  const chunks: Buffer[] = [];
  let quiet: NodeJS.Timeout | undefined;
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      received.push(Buffer.concat(chunks));
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    }, 30);
  });
});
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const GET: RequestSpec = { method: 'GET', target: '/', headers: [] };

/** Runs the command in a shell and gives back what the server received, as Latin-1, and the command. */
async function run(request: RequestSpec, shell = 'bash') {
  const command = toCurl(request, origin + request.target);
  received.length = 0;
  const env = {
    PATH: process.env.PATH,
    API_TOKEN: 'to ken"$1',
    API_ADMIN_TOKEN: 'adm',
    API_SECRET_FAULT_KEY: 'k e$y',
    HOME: folder,
  };
  const { stdout } = await promisify(execFile)(shell, ['-c', command], { cwd: folder, env, timeout: 10_000 });
  expect(stdout).toContain('404 Not Found');
  expect(received).toHaveLength(1);
  const sent = received[0]?.toString('latin1') ?? '';
  const [head = ''] = sent.split('\r\n\r\n', 1);
  return {
    command,
    line: head.split('\r\n')[0],
    headers: head.split('\r\n').slice(1),
    body: sent.slice(head.length + 4),
  };
}

/** Strings that would do harm, or change, if a shell or curl read them. */
const HOSTILE = [
  `$(touch pwned)`,
  '`touch pwned`',
  `';touch pwned;'`,
  `"; touch pwned; "`,
  `'\\''$HOME"\\"`,
  '!! ~ * ? [a-z] {1,2} | & ; < > # %s \\n \\',
  '@/etc/passwd',
  '-K config --output pwned',
];

describe('hostile strings reach the server as they are', () => {
  test.each(HOSTILE)('%s', async (text) => {
    const { line, headers, body, command } = await run({
      method: 'POST',
      target: `/${text}?q=${text}`,
      headers: [['X-Hostile', text]],
      body: { text: `${text}\n${text}` },
    });
    expect(line).toBe(`POST /${text}?q=${text} HTTP/1.1`);
    expect(headers).toContain(`X-Hostile: ${text}`);
    expect(body).toBe(`${text}\n${text}`);
    expect(command).not.toMatch(/^#/m);
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
  });

  test('a POST without a body says so, as our client does', async () => {
    expect((await run({ ...GET, method: 'POST' })).headers).toContain('Content-Length: 0');
    const chunked = toCurl({ ...GET, method: 'POST', headers: [['Transfer-Encoding', 'chunked']] }, origin);
    expect(chunked).not.toContain('Content-Length');
  });

  test('in a plain POSIX shell too', async () => {
    const text = HOSTILE.slice(0, 5).join('');
    const request = { ...GET, method: 'POST', body: { base64: Buffer.from(`${text}%d\\\0é`).toString('base64') } };
    const { body, headers } = await run({ ...request, headers: [['X', `${text}é`]] }, 'sh');
    expect(Buffer.from(body, 'latin1').toString()).toBe(`${text}%d\\\0é`);
    expect(headers).toContain(`X: ${encodeWire(`${text}é`).toString('latin1')}`);
  });
});

test('every byte of a body arrives', async () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const { body } = await run({ ...GET, method: 'PUT', body: { base64: bytes.toString('base64') } });
  expect(Buffer.from(body, 'latin1')).toEqual(bytes);
  const text = 'é\u2028\ud83d\ude00\t\u0000"';
  const { body: sent } = await run({ ...GET, method: 'PUT', body: { text } });
  expect(Buffer.from(sent, 'latin1').toString()).toBe(text);
});

test.each([
  '/%zz/../a//b/./c',
  '/[1-3]{a,b}',
  '/a b',
  '/a#b',
  '/\u00ff\u20ac',
  '/?',
  '/a\tb',
  '*',
  'no-slash',
  '@elsewhere.invalid/',
  'http://elsewhere.invalid/',
  '?',
  '#',
])('target %s goes out verbatim', async (target) => {
  const { line, command } = await run({ ...GET, target });
  expect(line).toBe(`GET ${encodeWire(target).toString('latin1')} HTTP/1.1`);
  expect(command).not.toMatch(/^#/);
});

test('nothing is added that was not sent', async () => {
  const { headers, command } = await run({ ...GET, method: 'POST', body: { text: '' } });
  expect(command).toContain("--data-raw ''");
  expect(headers.map((header) => header.split(':')[0])).toEqual(['Host', 'User-Agent', 'Connection', 'Content-Length']);
});

test('methods keep their case; HEAD waits for no body', async () => {
  expect((await run({ ...GET, method: 'BREW' })).line).toBe('BREW / HTTP/1.1');
  expect((await run({ ...GET, method: 'get' })).line).toBe('get / HTTP/1.1');
  const head = await run({ ...GET, method: 'HEAD' });
  expect(head.line).toBe('HEAD / HTTP/1.1');
  expect(head.command).toContain(' --head ');
});

test('secrets stay in the environment', async () => {
  const headers: RequestSpec['headers'] = [
    ['Authorization', "Bearer {{token}}'"],
    ['Authorization', 'Bearer {{adminToken}}'],
    ['X-Changed', '{{token:changed}}'],
    ['X-Plain', '{{7*7}}'],
  ];
  const sent = await run({ ...GET, target: '/{{adminToken}}', headers });
  expect(sent.command).toContain(`'Authorization: Bearer '"$API_ADMIN_TOKEN"`);
  expect(sent.line).toBe('GET /adm HTTP/1.1');
  expect(sent.headers).toEqual(
    expect.arrayContaining([
      `Authorization: Bearer to ken"$1'`,
      'Authorization: Bearer adm',
      'X-Changed: to ken"$x',
      'X-Plain: {{7*7}}',
    ]),
  );
});

test('empty header values are sent', async () => {
  const { headers } = await run({ ...GET, headers: [['X-Empty', '']] });
  expect(headers).toContain('X-Empty:');
});

test('a long body is read from a file, and said so', async () => {
  writeFileSync(join(folder, 'body.bin'), 'x'.repeat(1_200_000));
  const { command, body } = await run({ ...GET, method: 'POST', body: { text: 'x'.repeat(1_200_000) } });
  expect(command).toMatch(/^# put the request's body \(1200000 bytes\) into the file body\.bin first\ncurl /);
  expect(body).toHaveLength(1_200_000);
});

describe('what curl cannot send is said', () => {
  test.each([
    ['a line break in a header', { headers: [['X', 'a\r\nB: c']] }, /^# the value of "X" holds a NUL, CR or LF/],
    ['a NUL in the target', { target: '/\0' }, /^# the target holds a NUL, CR or LF/],
    ['a line break in the method', { method: 'A\nB' }, /^# the method holds a NUL, CR or LF/],
    [
      'a header name that is a file',
      { headers: [['@/etc/passwd', 'x']] },
      /^# curl does not send the header name "@\/etc/,
    ],
    [
      'a header name with a line break',
      { headers: [['a\nrm -rf', 'x']] },
      /^# curl does not send the header name "a\\nrm/,
    ],
    [
      'two Hosts',
      {
        headers: [
          ['Host', 'a'],
          ['host', 'b'],
        ],
      },
      /^# curl sends the header "host" once/,
    ],
    ['its own framing', { headers: [['Transfer-Encoding', 'chunked']] }, /^# curl frames the body itself/],
    ['blanks at the end', { headers: [['X', 'a ']] }, /^# curl may trim the value of "X"/],
    ['HEAD with a body', { method: 'HEAD', body: { text: 'a' } }, /^# curl takes the answer to a HEAD/],
  ] as [string, Partial<RequestSpec>, RegExp][])('%s', (_name, request, note) => {
    const full = { ...GET, ...request };
    const command = toCurl(full, `http://h${full.target}`);
    expect(command).toMatch(note);
    expect(command).not.toContain('\0');
  });
});

test.each([
  ['plain', 'plain'],
  ['', "''"],
  ["it's", "'it'\\''s'"],
  ['$x', "'$x'"],
])('quoteShell(%j)', (text, quoted) => {
  expect(quoteShell(text)).toBe(quoted);
});

test("a target profile's secrets are named in headers and body; what else looks like a placeholder is text", async () => {
  const headers: [string, string][] = [['X-Key', '{{secretFaultKey}}']];
  const sent = await run({
    ...GET,
    method: 'POST',
    headers,
    body: { text: `{"a":"{{secretFaultKey}}'","b":"{{token}}"}` },
  });
  expect(sent.body).toBe(`{"a":"k e$y'","b":"{{token}}"}`);
  expect(sent.headers).toContain('X-Key: k e$y');
  expect(sent.command).not.toContain('k e$y');
});
