import { connect, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import type { Tunnel } from '../../exchange/connect.ts';
import { makeAuthority } from './certificates.ts';
import { clientFor, GET, type RawServer, respond, startFixedServer, startRawServer } from './raw-server.ts';

const AUTHORIZATION = `Basic ${Buffer.from('jo:proxy-secret-123').toString('base64')}`;

/** A proxy that takes every tunnel to `port` on loopback, whatever host was asked for. */
function startTunnel(port: number): Promise<RawServer> {
  return startRawServer((socket) => {
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on('error', () => socket.destroy());
  });
}

const tunnelTo = ({ port }: RawServer, authorization = AUTHORIZATION): Tunnel => ({
  tls: false,
  hostname: '127.0.0.1',
  port,
  authorization,
});

test('the request goes through the tunnel as it is, and names the target to the proxy only', async () => {
  const api = await startFixedServer(respond('404 Not Found', '{"summary":"no"}'));
  const proxy = await startTunnel(api.port);
  const client = clientFor(api, { baseUrl: 'http://api.test/api', way: { tunnel: tunnelTo(proxy) } });
  const exchange = await client.send({
    ...GET,
    target: '/%ff',
    headers: [
      ['X-Twice', '1'],
      ['X-Twice', '2'],
    ],
  });
  expect(exchange.response).toMatchObject({ status: 404, body: '{"summary":"no"}' });
  expect(proxy.requests[0]).toMatch(
    new RegExp(
      `^CONNECT api\\.test:80 HTTP/1\\.1\\r\\nHost: api\\.test:80\\r\\nProxy-Authorization: ${AUTHORIZATION}\\r\\n\\r\\n`,
    ),
  );
  expect(api.requests[0]).toMatch(/^GET \/api\/%ff HTTP\/1\.1\r\nHost: api\.test\r\nX-Twice: 1\r\nX-Twice: 2\r\n/);
  expect(api.requests[0]).not.toContain('Proxy-Authorization');
});

test('TLS is spoken with the target, through the tunnel', async () => {
  const { authority, server } = makeAuthority();
  const secure = createTlsServer({ key: server.key, cert: server.cert }, (socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(respond('403 Forbidden', '{}')));
  });
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void secure.close());
  const { port } = secure.address() as { port: number };
  const proxy = await startTunnel(port);
  const way = { tunnel: tunnelTo(proxy), trust: { ca: authority.cert } };
  const client = clientFor({ port }, { baseUrl: 'https://api.test', way });
  expect(await client.send(GET)).toMatchObject({ response: { status: 403 } });
  expect(proxy.requests[0]).toMatch(/^CONNECT api\.test:443 /);
  const wrongName = clientFor({ port }, { baseUrl: 'https://other.test', way });
  expect(await wrongName.send(GET)).toMatchObject({
    failure: { kind: 'unreachable', code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
  });
});

test.each([
  ['refuses', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', 'the proxy answered 407'],
  ['speaks something else', 'SSH-2.0-x\r\n\r\n', 'the proxy answered no HTTP'],
  ['says nothing', '', 'the proxy closed the connection'],
  ['does not end its answer', `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(5000)}`, "the proxy's answer has no end"],
])('a proxy that %s makes the target unreachable', async (_, bytes, message) => {
  const proxy = await startFixedServer(bytes);
  const client = clientFor(proxy, { baseUrl: 'http://api.test', way: { tunnel: tunnelTo(proxy) } });
  expect((await client.send(GET)).failure).toMatchObject({ kind: 'unreachable', code: 'EPROXY', message });
});

test('a proxy that never answers is ended by the deadline', async () => {
  const proxy = await startRawServer(() => {});
  const client = clientFor(proxy, { baseUrl: 'http://api.test', timeoutMs: 200, way: { tunnel: tunnelTo(proxy) } });
  expect((await client.send(GET)).failure).toMatchObject({ kind: 'unreachable', code: 'ETIMEDOUT' });
});

test("the proxy's password is never shown, in whatever form it comes back", async () => {
  const api = await startFixedServer(
    respond('404 Not Found', `jo:proxy-secret-123 ${AUTHORIZATION}`, 'X: proxy-secret-123\r\n'),
  );
  const proxy = await startTunnel(api.port);
  const client = clientFor(api, { baseUrl: 'http://api.test', way: { tunnel: tunnelTo(proxy) } });
  const exchange = await client.send(GET);
  const shown = JSON.stringify(exchange);
  expect(exchange.response?.status).toBe(404);
  expect(shown).not.toContain('proxy-secret-123');
  expect(shown).not.toContain(AUTHORIZATION.slice(6));
});

test('configured headers go with every request, and are shown by name only', async () => {
  const api = await startFixedServer(respond('404 Not Found', '{"summary":"tenant acme-corp-7f3a9c2b"}'));
  const client = clientFor(api, { headers: { 'X-Tenant': 'acme-corp-7f3a9c2b', Accept: 'text/plain' } });
  const exchange = await client.send({ ...GET, headers: [['accept', 'application/json']] });
  expect(api.requests[0]).toContain('X-Tenant: acme-corp-7f3a9c2b\r\n');
  expect(api.requests[0]).not.toContain('text/plain');
  expect(exchange.request.headers).toEqual([
    ['accept', 'application/json'],
    ['X-Tenant', '{{headerXTenant}}'],
  ]);
  expect(JSON.stringify(exchange)).not.toContain('acme-corp-7f3a9c2b');
});

test('an IPv6 literal is an address like any other', async ({ skip }) => {
  const api = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (chunk) => socket.end(respond('404 Not Found', chunk.toString().split('\r\n')[1] ?? '')));
  });
  const isListening = await new Promise<boolean>((resolve) => {
    api.once('error', () => resolve(false)).listen(0, '::1', () => resolve(true));
  });
  skip(!isListening, 'this machine has no IPv6');
  onTestFinished(() => void api.close());
  const { port } = api.address() as { port: number };
  const client = clientFor({ port }, { baseUrl: `http://[::1]:${port}` });
  expect(await client.send(GET)).toMatchObject({ response: { status: 404, body: `Host: [::1]:${port}` } });
});
