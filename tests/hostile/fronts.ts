import { connect, createServer, type Socket } from 'node:net';
import type { Front } from './hostile.ts';

/** Takes every connection and does with it what it likes; stands in place of the reference. */
export async function serve(handle: (socket: Socket) => void): Promise<Front> {
  const { url, close } = await listen(handle);
  return { url: `${url}/api`, close };
}

/** A port on which nothing listens. */
export async function refuse(): Promise<Front> {
  const front = await serve(() => {});
  front.close();
  return { ...front, close: () => {} };
}

/** Breaks every connection. */
export function breakConnections(): Promise<Front> {
  return serve((socket) => void socket.resetAndDestroy());
}

/** Lets through what comes until a request has no token; from then on nothing listens any more. */
export async function refuseMidway(target: string): Promise<Front> {
  const { port, pathname } = new URL(target);
  const { url, close } = await listen((socket) => {
    socket.once('data', (head) => {
      if (!/^authorization:/im.test(head.toString('latin1'))) return close();
      return relay(socket, connect(Number(port), '127.0.0.1'), head);
    });
  });
  return { url: `${url}${pathname}`, close };
}

/** Passes on what either side writes, until either is gone; then the other one goes, too. */
export function relay(client: Socket, upstream: Socket, first?: Buffer): void {
  if (first) upstream.write(first);
  client.pipe(upstream);
  upstream.pipe(client);
  client.on('error', () => {}).on('close', () => upstream.destroy());
  upstream.on('error', () => {}).on('close', () => client.destroySoon());
}

/** Listens on loopback; `close` ends every connection as well. */
export async function listen(handle: (socket: Socket) => void): Promise<{ url: string; close: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}
