import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

type Toxic = { name: string; type: string; attributes: Record<string, number>; stream?: string; toxicity?: number };
type Proxy = { name: string; listen: string; upstream: string; enabled: boolean; toxics: Toxic[] };
type Running = Proxy & { server: Server; sockets: Set<Socket> };

/** What Toxiproxy's README documents of its HTTP API and of four toxics, as far as the suite uses it. */
export async function startStandIn(): Promise<{ url: string; close: () => Promise<void> }> {
  const proxies = new Map<string, Running>();
  const server = createHttpServer(async (request, response) => {
    const body = await readAll(request);
    const { status, answer } = await act(proxies, request.method ?? '', request.url ?? '', body);
    if (status < 400) return void response.writeHead(status).end(answer === undefined ? '' : JSON.stringify(answer));
    response.writeHead(status, { 'Content-Type': 'text/plain' }).end(JSON.stringify({ error: answer, status }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    for (const proxy of proxies.values()) await stop(proxy);
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

type Answer = { status: number; answer?: unknown };

async function act(proxies: Map<string, Running>, method: string, path: string, body: string): Promise<Answer> {
  if (method === 'GET' && path === '/version') return { status: 200, answer: { version: 'stand-in' } };
  const [, , name, , toxic] = path.split('/');
  const given = body === '' ? {} : (JSON.parse(body) as Partial<Proxy & Toxic>);
  if (method === 'POST' && path === '/proxies') return { status: 201, answer: show(await create(proxies, given)) };
  const proxy = proxies.get(name ?? '');
  if (!proxy) return { status: 404, answer: 'proxy not found' };
  const at = proxy.toxics.findIndex((each) => each.name === (toxic ?? given.name));
  if (method === 'GET') return { status: 200, answer: show(proxy) };
  if (method === 'DELETE' && toxic !== undefined) {
    if (at < 0) return { status: 404, answer: 'toxic not found' };
    const [gone] = proxy.toxics.splice(at, 1);
    // "until the toxic is removed": what it held back is closed then.
    if (gone?.type === 'timeout') for (const socket of proxy.sockets) socket.destroy();
    return { status: 204 };
  }
  if (method === 'POST' && path.endsWith('/toxics')) {
    if (at >= 0) return { status: 409, answer: 'toxic already exists' };
    if (!(given.type && given.type in TOXICS)) return { status: 400, answer: 'invalid toxic type' };
    proxy.toxics.push(given as Toxic);
    return { status: 200, answer: given };
  }
  if (method !== 'POST' || typeof given.enabled !== 'boolean') return { status: 405, answer: 'not supported' };
  if (given.enabled !== proxy.enabled) await (given.enabled ? start(proxy) : stop(proxy));
  proxy.enabled = given.enabled;
  return { status: 200, answer: show(proxy) };
}

async function create(proxies: Map<string, Running>, given: Partial<Proxy>): Promise<Running> {
  const sockets = new Set<Socket>();
  const proxy = { name: '', listen: '127.0.0.1:0', upstream: '', ...given, enabled: true, toxics: [], sockets };
  const running: Running = { ...proxy, server: createServer() };
  await start(running);
  proxies.set(running.name, running);
  return running;
}

function show({ name, listen, upstream, enabled, toxics }: Running): Proxy {
  return { name, listen, upstream, enabled, toxics };
}

async function start(proxy: Running): Promise<void> {
  const [host = '', port] = proxy.listen.split(':');
  proxy.server = createServer((socket) => forward(proxy, socket));
  await new Promise<void>((resolve) => proxy.server.listen(Number(port), host, resolve));
  proxy.listen = `${host}:${(proxy.server.address() as AddressInfo).port}`;
}

async function stop(proxy: Running): Promise<void> {
  for (const socket of proxy.sockets) socket.destroy();
  if (proxy.server.listening) await new Promise((resolve) => proxy.server.close(resolve));
}

/** What a toxic makes of bytes on their way back: what goes on, after how many milliseconds, and how it ends. */
type Treatment = { data: Buffer; delayMs?: number; end?: boolean; reset?: boolean };
const TOXICS: Record<string, (data: Buffer, attributes: Toxic['attributes']) => Treatment | undefined> = {
  timeout: () => undefined,
  latency: (data, { latency = 0 }) => ({ data, delayMs: latency }),
  limit_data: (data, { bytes = 0 }) => ({ data: data.subarray(0, bytes), end: true }),
  reset_peer: () => ({ data: Buffer.alloc(0), reset: true }),
};

function forward(proxy: Running, socket: Socket): void {
  const [host, port] = proxy.upstream.split(':');
  const upstream = connect(Number(port), host);
  for (const each of [socket, upstream]) {
    proxy.sockets.add(each);
    each.on('error', () => {}).on('close', () => proxy.sockets.delete(each));
  }
  socket.on('close', () => upstream.destroy());
  upstream.on('close', (failed) => failed && socket.destroy());
  // On the way there only one toxic is known: nothing gets through.
  const isSwallowed = () => proxy.toxics.some(({ type, stream }) => type === 'timeout' && stream === 'upstream');
  socket.on('data', (data) => !isSwallowed() && upstream.write(data)).on('end', () => upstream.end());
  upstream.on('data', (data: Buffer) => {
    const toxic = proxy.toxics.find(({ stream }) => stream !== 'upstream');
    const treated = toxic ? TOXICS[toxic.type]?.(data, toxic.attributes) : { data };
    if (!treated) return;
    if (treated.reset) return void socket.resetAndDestroy();
    later(treated.delayMs, () => socket.write(treated.data, () => treated.end && socket.end()));
  });
  // Behind what is still on its way.
  upstream.on('end', () => {
    const toxic = proxy.toxics.find(({ type }) => type === 'latency');
    later(toxic?.attributes.latency, () => socket.end());
  });
  function later(delayMs: number | undefined, act: () => void): void {
    if (delayMs) setTimeout(() => !socket.destroyed && act(), delayMs);
    else act();
  }
}

async function readAll(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
