import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Where to connect to. */
export type Address = { host: string; port: number };

/** A listening (or refusing) port of this process. */
export type Upstream = { address: Address; close: () => Promise<void> };

/** What came of a question to an upstream. */
export type UpstreamOutcome = { outcome: 'answered' | 'refused' | 'closed' | 'timeout'; answer: string };

const LOOPBACK = '127.0.0.1';
const TIMEOUT_SLICES = 10;

/** Starts an upstream that accepts, reads, and never says anything. */
export function startSilentUpstream(): Promise<Upstream> {
  return startUpstream((socket) => socket.resume());
}

/** Starts an upstream that gives a database server's answer to an SSLRequest: `N`, no TLS here. */
export function startListeningUpstream(): Promise<Upstream> {
  return startAnsweringUpstream('N');
}

/** Starts an upstream that answers every question with one text. */
export function startAnsweringUpstream(answer: string): Promise<Upstream> {
  return startUpstream((socket) => socket.on('data', () => socket.write(answer)));
}

/**
 * Takes a port that refuses connections as long as it is held. It is the local port of an outgoing connection: nobody
 * listens there, and the system gives it to nobody else, which it might with a port that was only closed again.
 */
export function holdRefusingPort(peer: Address): Promise<Upstream> {
  return new Promise((resolve, reject) => {
    const socket = connect(peer);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject).on('error', () => {});
      const close = async () => void socket.destroy();
      resolve({ address: { host: LOOPBACK, port: socket.localPort as number }, close });
    });
  });
}

/** Connects, sends the question and waits for the first bytes of an answer; the timeout covers all of it. */
export function askUpstream(address: Address, question: Buffer, timeoutMs: number): Promise<UpstreamOutcome> {
  return new Promise((resolve) => {
    const socket = connect(address, () => socket.write(question));
    const finish = (outcome: UpstreamOutcome['outcome'], answer = '') => {
      clearInterval(timer);
      socket.destroy();
      resolve({ outcome, answer });
    };
    // In slices, because one timer also runs out while this process is too busy to read an answer that is there.
    let slicesLeft = TIMEOUT_SLICES;
    const timer = setInterval(() => {
      slicesLeft -= 1;
      if (slicesLeft === 0) finish('timeout');
    }, timeoutMs / TIMEOUT_SLICES);
    socket.on('data', (data) => finish('answered', data.toString('utf8')));
    socket.on('error', (error: NodeJS.ErrnoException) => finish(error.code === 'ECONNREFUSED' ? 'refused' : 'closed'));
    socket.on('end', () => finish('closed'));
  });
}

function startUpstream(onConnection: (socket: Socket) => void): Promise<Upstream> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    onConnection(socket);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, () => {
      resolve({ address: { host: LOOPBACK, port: (server.address() as AddressInfo).port }, close });
    });
  });
}
