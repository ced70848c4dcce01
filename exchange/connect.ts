import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import { isLoopback } from '../model/host.ts';

/** Where to connect. */
export type Address = { tls: boolean; hostname: string; port: number };

/** A proxy that tunnels (RFC 9110 §9.3.6); `authorization` is the value of its Proxy-Authorization field. */
export type Tunnel = Address & { authorization?: string };

/** How to get to an address: whom to trust, as whom to appear, and through which proxy. */
export type Way = {
  trust?: Pick<SecureContextOptions, 'ca' | 'cert' | 'key' | 'passphrase'>;
  tunnel?: Tunnel;
  /** Set where nothing may leave this machine: a name is no promise of where it leads, so that the connection is looked at. */
  loopbackOnly?: true;
};

/** Contexts by the trust that they were made of: to read a list of authorities takes longer than an exchange. */
const contexts = new WeakMap<object, SecureContext>();

/** Most that is read of a proxy's answer, in bytes. */
const MAX_TUNNEL_ANSWER = 16 * 1024;

/**
 * Connects, through the tunnel when there is one, and shakes hands when the address is a TLS one. Rejects with the system's
 * error. `onSocket` hears of every socket that is opened on the way, so that the caller can end an attempt that takes too long.
 */
export async function connect(address: Address, way: Way, onSocket: (socket: Socket) => void): Promise<Socket> {
  const { tunnel, trust, loopbackOnly } = way;
  const first = tunnel ?? address;
  let socket = connectTcp({ host: first.hostname, port: first.port, noDelay: true });
  onSocket(socket);
  await ready(socket, 'connect');
  if (loopbackOnly) expectLoopback(socket, first);
  if (tunnel) {
    if (tunnel.tls) socket = await shakeHands(socket, tunnel, undefined, onSocket);
    await dig(socket, address, tunnel);
  }
  return address.tls ? shakeHands(socket, address, trust, onSocket) : socket;
}

/** Throws for a connection to another machine. */
function expectLoopback({ remoteAddress }: Socket, { hostname }: Address): void {
  // What is closed already has no address any more.
  if (remoteAddress === undefined) throw closedError();
  if (isLoopback(remoteAddress)) return;
  const message = `${hostname} leads to ${remoteAddress}, which is another machine, and plain http would show the token on the way there`;
  throw Object.assign(new Error(message), { code: 'ENOTLOCAL' });
}

async function shakeHands(
  socket: Socket,
  { hostname }: Address,
  trust: Way['trust'],
  onSocket: (socket: Socket) => void,
): Promise<Socket> {
  // RFC 6066 §3: no IP address as server name.
  const name = isIP(hostname) === 0 ? { servername: hostname } : { host: hostname };
  const own = trust && { secureContext: contextOf(trust) };
  const secure = connectTls({ socket, ALPNProtocols: ['http/1.1'], ...own, ...name });
  onSocket(secure);
  await ready(secure, 'secureConnect');
  return secure;
}

function contextOf(trust: NonNullable<Way['trust']>): SecureContext {
  const context = contexts.get(trust) ?? createSecureContext(trust);
  contexts.set(trust, context);
  return context;
}

/** Asks a proxy for a tunnel. It is used for plain HTTP, too: a proxy that forwards requests would write them anew. */
async function dig(socket: Socket, { hostname, port }: Address, { authorization }: Tunnel): Promise<void> {
  const authority = `${isIP(hostname) === 6 ? `[${hostname}]` : hostname}:${port}`;
  const credentials = authorization === undefined ? '' : `Proxy-Authorization: ${authorization}\r\n`;
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${credentials}\r\n`);
  const answer = await readHead(socket);
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1];
  if (status === undefined || !status.startsWith('2')) throw proxyError(`the proxy answered ${status ?? 'no HTTP'}`);
}

/** Reads up to the empty line; what follows it is the target's, and stays in the socket. */
function readHead(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let head: Buffer = Buffer.alloc(0);
    const done = (act: () => void) => {
      socket.off('data', onData).off('error', onError).off('close', onClose);
      socket.pause();
      act();
    };
    const onError = (error: Error) => done(() => reject(error));
    const onClose = () => done(() => reject(proxyError('the proxy closed the connection')));
    const onData = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0 && head.length > MAX_TUNNEL_ANSWER)
        return done(() => reject(proxyError("the proxy's answer has no end")));
      if (end < 0) return undefined;
      return done(() => {
        if (head.length > end + 4) socket.unshift(head.subarray(end + 4));
        resolve(head.subarray(0, end).toString('latin1'));
      });
    };
    socket.on('data', onData).on('error', onError).on('close', onClose);
  });
}

function proxyError(message: string): Error {
  return Object.assign(new Error(message), { code: 'EPROXY' });
}

function ready(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    const onClose = () => reject(closedError());
    socket.once('error', reject).once('close', onClose);
    socket.once(event, () => {
      socket.off('error', reject).off('close', onClose);
      resolve();
    });
  });
}

function closedError(): Error {
  return Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' });
}
