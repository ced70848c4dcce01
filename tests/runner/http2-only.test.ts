import { createSecureServer, createServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadTarget } from '../../config/target-profile.ts';
import type { Way } from '../../exchange/connect.ts';
import { isHttp2Only } from '../../runner/http2-only.ts';
import { checkTarget } from '../../runner/preflight.ts';
import { makePlan, openSession } from '../../runner/session.ts';
import { makeSelfSigned } from '../exchange/certificates.ts';
import { failedExchange, sampleExchange } from '../judge/sample-exchange.ts';
import { CONTRACT } from '../judge/sample-law.ts';

/** What the first look at a server says. */
async function lookAt(server: Http2Server, protocol: string, way: Way = {}): Promise<string> {
  server.on('stream', (stream) => {
    stream.respond({ ':status': 401 });
    stream.end('{}');
  });
  server.on('sessionError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  const capabilities = { allow: ['read' as const], tokenInUrl: false, admin: false, profile: loadTarget('generic') };
  const plan = makePlan(CONTRACT, capabilities, ['contract']);
  const session = openSession(
    plan,
    { url, token: 'a-token-that-nobody-has', way },
    { timeoutMs: 3000, concurrency: 1 },
  );
  return checkTarget(session, url).then(
    () => 'it is taken',
    ({ message }: Error) => message,
  );
}

const SENTENCE =
  /^The target \S+ speaks HTTP\/2 only, and this suite speaks HTTP\/1\.1; [^.]+ HTTP\/1\.1 is taken, too\.$/;

describe('a server that speaks HTTP/2 only is named as such', () => {
  test('over TLS', async () => {
    const { key, cert } = makeSelfSigned();
    const server = createSecureServer({ key, cert, allowHTTP1: false });
    expect(await lookAt(server as unknown as Http2Server, 'https', { trust: { ca: cert } })).toMatch(SENTENCE);
  });

  test('in the clear', async () => {
    expect(await lookAt(createServer(), 'http')).toMatch(SENTENCE);
  });
});

const received = (text: string) => {
  const { failure, ...rest } = failedExchange('malformed');
  return { ...rest, ...(failure && { failure: { ...failure, received: text } }) };
};

describe('by what comes', () => {
  test.each([
    ['a frame of settings', received('\0\0\x12\x04\0\0\0\0\0')],
    ['a frame that ends the connection', received('\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0\x01')],
    ['a status line of HTTP/2', received('HTTP/2 200 OK\r\n\r\n')],
    ['an alert', failedExchange('unreachable', 'tlsv1 alert no application protocol')],
    ['an upgrade', sampleExchange(426, { headers: { Upgrade: 'h2c' } })],
    ['a refusal', sampleExchange(403, { body: { raw: '<h1>Unknown ALPN Protocol, expected <code>h2</code></h1>' } })],
  ])('%s', (_, exchange) => {
    expect(isHttp2Only(exchange)).toBe(true);
  });

  test.each([
    ['bytes of another kind', received('\0\0\0\0\0\0\0\0\0')],
    ['HTTP/1.1 with a broken header', received('HTTP/1.1 200 OK\r\n\0')],
    ['a connection that is closed', failedExchange('closed')],
    ['an upgrade to something else', sampleExchange(426, { headers: { Upgrade: 'websocket' } })],
    ['a success of which the header speaks of HTTP/2', sampleExchange(200, { headers: { Upgrade: 'h2,h2c' } })],
    ['a refusal', sampleExchange(403)],
  ])('not by %s', (_, exchange) => {
    expect(isHttp2Only(exchange)).toBe(false);
  });
});
