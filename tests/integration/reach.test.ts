import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { VARIABLES } from '../../config/variables.ts';
import { makeAuthority, type Pair } from '../exchange/certificates.ts';
import { withReference } from '../runner/support.ts';
import { ROOT, runPlaywright } from './support.ts';

/** A name that no developer's own file has. */
const ENVIRONMENT = 'reach-test';

/** Puts TLS before a port of loopback, for clients with a certificate; undefined where there is no IPv6. */
async function startFront(port: number, { authority, server }: Record<'authority' | 'server', Pair>) {
  const heads: string[] = [];
  const options = { key: server.key, cert: server.cert, ca: authority.cert, requestCert: true };
  const front = createServer({ ...options, rejectUnauthorized: true }, (socket) => {
    const upstream = connect(port, '127.0.0.1');
    socket.once('data', (chunk) => heads.push(chunk.toString('latin1')));
    socket.on('error', () => upstream.destroy()).pipe(upstream);
    upstream.on('error', () => socket.destroy()).pipe(socket);
  });
  const isListening = await new Promise<boolean>((resolve) => {
    front.once('error', () => resolve(false)).listen(0, '::1', () => resolve(true));
  });
  onTestFinished(() => void front.close());
  return isListening ? { port: (front.address() as AddressInfo).port, heads } : undefined;
}

test('a run gets there by an IPv6 literal, a prefix with a trailing slash, a private authority, a client certificate, configured headers and a named environment', async ({
  skip,
}) => {
  const { client, ...pairs } = makeAuthority();
  await withReference({}, async (reference) => {
    const front = await startFront(Number(new URL(reference.url).port), pairs);
    if (!front) return skip('this machine has no IPv6');
    const lines = {
      API_URL: `https://[::1]:${front.port}/api/`,
      API_TOKEN: reference.token,
      CONFORMANCE_CA_FILE: pairs.authority.certFile,
      CONFORMANCE_CLIENT_CERT_FILE: client.certFile,
      CONFORMANCE_CLIENT_KEY_FILE: client.keyFile,
      CONFORMANCE_HEADERS: `'{"X-Tenant":"acme-corp-7"}'`,
    };
    const file = join(ROOT, `.env.${ENVIRONMENT}`);
    const text = Object.entries(lines).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(file, text.join(''));
    onTestFinished(() => rmSync(file, { force: true }));
    const unset = Object.fromEntries(
      Object.keys(VARIABLES).flatMap((name) => (name === 'CONFORMANCE_REPORT_DIR' ? [] : [[name, undefined]])),
    );
    // A proxy is never asked for this machine; this one would not answer.
    const env = { ...unset, CONFORMANCE_ENV: ENVIRONMENT, HTTPS_PROXY: 'http://127.0.0.1:9' };
    const { code, output, report } = await runPlaywright(['--grep', '(?=.*@404)(?=.*@http_endpoints)'], { env });
    expect(code, output).toBe(0);
    expect(report?.statuses['404']).toMatchObject({ error: 0, failing: 0 });
    expect(report?.statuses['404']?.provoked).toBeGreaterThan(0);
    expect(report?.target.url).toBe(lines.API_URL.slice(0, -1));
    expect(front.heads.length).toBeGreaterThan(10);
    for (const head of front.heads) expect(head).toMatch(/^\w+ \/api\/[^/].*\r\nX-Tenant: acme-corp-7\r\n/s);
    expect(JSON.stringify(report) + output).not.toContain('acme-corp-7');
  });
});

test('an address in common with a protected host is one warning, and the run goes on', async () => {
  await withReference({}, async ({ url, token }) => {
    const { port } = new URL(url);
    const env = {
      API_URL: `http://localhost:${port}/api`,
      API_TOKEN: token,
      CONFORMANCE_PROTECTED_HOSTS: '127.0.0.1',
    };
    const { code, output } = await runPlaywright(['--grep', 'GET /destinations/http_endpoints 401'], { env });
    expect(code, output).toBe(0);
    expect(
      output.match(/^localhost has the address 127\.0\.0\.1 in common with 127\.0\.0\.1, [^\n]*\.$/gm),
    ).toHaveLength(1);
  });
});

test('an environment without its file is one sentence', async () => {
  const { code, output } = await runPlaywright([], { env: { CONFORMANCE_ENV: 'nowhere-test' } });
  expect(code).toBe(1);
  expect(output.trim()).toMatch(/^CONFORMANCE_ENV is "nowhere-test", and \.env\.nowhere-test cannot be read[^\n]*$/);
});

test('the example of an environment is no environment', () => {
  // Its values are empty, and an empty variable counts as not set.
  const values = readFileSync(join(ROOT, '.env.example'), 'utf8').match(/^[A-Z_]+=.*$/gm) ?? [];
  expect(values.filter((line) => !line.endsWith('='))).toEqual([]);
});
