import dns from 'node:dns';
import { type AddressInfo, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test, vi } from 'vitest';
import { clientFor, GET, respond } from './raw-server.ts';

/** An address of this machine that is not loopback, for want of another machine. */
const OTHER = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

/** A server on every address of this machine; tells how many bytes came. */
async function startServer() {
  let bytes = 0;
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      bytes += chunk.length;
      socket.end(respond('404 Not Found', '{}'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, bytes: () => bytes };
}

/** Makes every name lead to an address. */
function leadTo(address: string): void {
  const lookup = (_: string, __: object, done: (error: null, found: object[]) => void) =>
    done(null, [{ address, family: 4 }]);
  const spy = vi.spyOn(dns, 'lookup').mockImplementation(lookup as never);
  onTestFinished(() => spy.mockRestore());
}

const wayHome = { loopbackOnly: true } as const;

test.for(['localhost', 'api.localhost', 'localhost.'])(
  'a name that is taken for this machine and leads elsewhere is sent nothing: %s',
  async (name, { skip }) => {
    if (OTHER === undefined) return skip('this machine has no address but loopback');
    const server = await startServer();
    leadTo(OTHER);
    const baseUrl = `http://${name}:${server.port}`;
    const { failure } = await clientFor(server, { baseUrl, way: wayHome }).send(GET);
    expect(failure).toEqual({
      kind: 'unreachable',
      code: 'ENOTLOCAL',
      message: `${name} leads to ${OTHER}, which is another machine, and plain http would show the token on the way there`,
    });
    expect(server.bytes()).toBe(0);
    // Where nothing hangs on it, the same server answers.
    expect((await clientFor(server, { baseUrl }).send(GET)).response?.status).toBe(404);
  },
);

test.each(['127.0.0.1', '127.0.0.9'])('a name that leads to this machine is: %s', async (address) => {
  const server = await startServer();
  leadTo(address);
  const client = clientFor(server, { baseUrl: `http://localhost:${server.port}`, way: wayHome });
  expect((await client.send(GET)).response?.status).toBe(404);
});

test.each(['127.0.0.1', '[::ffff:127.0.0.1]', '127.1'])('an address of this machine is: %s', async (host) => {
  const server = await startServer();
  const client = clientFor(server, { baseUrl: `http://${host}:${server.port}`, way: wayHome });
  expect((await client.send(GET)).response?.status).toBe(404);
});
