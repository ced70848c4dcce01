import { execFile } from 'node:child_process';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { makeAuthority, makeSelfSigned } from './certificates.ts';
import { clientFor, GET, respond, startFixedServer } from './raw-server.ts';

async function startTlsServer(options: TlsOptions): Promise<{ port: number }> {
  const server = createServer(options, (socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(respond('404 Not Found', '{}')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0 };
}

async function failureOf(port: number, timeoutMs = 2000) {
  const client = clientFor({ port }, { baseUrl: `https://127.0.0.1:${port}`, timeoutMs });
  return (await client.send(GET)).failure;
}

test('a server that does not speak TLS is unreachable', async () => {
  const plain = await startFixedServer('HTTP/1.1 400 Bad Request\r\n\r\n');
  // This one only answers a request head, which a handshake never brings.
  expect(await failureOf(plain.port, 100)).toMatchObject({ kind: 'unreachable', code: 'ETIMEDOUT' });
  const bare = await startTlsServer({});
  expect(await failureOf(bare.port)).toMatchObject({ kind: 'unreachable', code: expect.stringMatching(/SSL|RESET/) });
  const greeting = createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await new Promise<void>((resolve) => greeting.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void greeting.close());
  const failure = await failureOf((greeting.address() as AddressInfo).port);
  expect(failure).toMatchObject({ kind: 'unreachable', code: 'ERR_SSL_WRONG_VERSION_NUMBER' });
  // What OpenSSL says is several lines of its own source.
  expect(failure?.message).toBe('wrong version number');
});

test('a certificate is verified: refused when nobody trusts it, taken when the environment does', async () => {
  const { certFile, key, cert } = makeSelfSigned();
  const { port } = await startTlsServer({ key, cert });
  expect(await failureOf(port)).toMatchObject({ kind: 'unreachable', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });

  // Node reads its trust at start only, hence a process of its own.
  const script = `
    const { createClient } = await import(${JSON.stringify(new URL('../../exchange/client.ts', import.meta.url).href)});
    for (const host of ['localhost', '127.0.0.1']) {
      const client = createClient({ baseUrl: 'https://' + host + ':${port}', secrets: {}, timeoutMs: 5000, concurrency: 1 });
      const { response, failure } = await client.send({ method: 'GET', target: '/', headers: [] });
      console.log(response ? response.status + response.body : JSON.stringify(failure));
    }`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: certFile } },
  );
  expect(stdout).toBe('404{}\n404{}\n');
}, 30_000);

test('a private authority is trusted when its certificate is given', async () => {
  const { authority, server } = makeAuthority();
  const { port } = await startTlsServer({ key: server.key, cert: server.cert });
  expect(await failureOf(port)).toMatchObject({ kind: 'unreachable', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  const way = { trust: { ca: [authority.cert] } };
  for (const host of ['localhost', '127.0.0.1']) {
    const client = clientFor({ port }, { baseUrl: `https://${host}:${port}`, way });
    expect(await client.send(GET)).toMatchObject({ response: { status: 404, body: '{}' } });
  }
});

test('a server that asks for a client certificate gets the one that is given', async () => {
  const { authority, server, client } = makeAuthority();
  const { port } = await startTlsServer({
    key: server.key,
    cert: server.cert,
    ca: authority.cert,
    requestCert: true,
    rejectUnauthorized: true,
  });
  const send = (trust: object) =>
    clientFor(
      { port },
      { baseUrl: `https://localhost:${port}`, way: { trust: { ca: authority.cert, ...trust } } },
    ).send(GET);
  expect((await send({})).response).toBeUndefined();
  expect(await send({ key: client.key, cert: client.cert })).toMatchObject({ response: { status: 404 } });
});
