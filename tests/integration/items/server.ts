import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDecodable } from '../../../model/percent.ts';

type Item = { id: number; name: string; price: number };
type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** How a server of items may break its contract. */
export type Fault = 'none' | 'labelled as JSON' | 'takes a key in the query';

const KEY = 'items-key-5c1f9e2b7d';
const LARGEST = 1024 * 1024;

const TITLES: Record<number, string> = {
  400: 'The request cannot be read.',
  401: 'The key is missing or unknown.',
  404: 'There is no such item.',
  405: 'There is no such method.',
  409: 'The name is taken.',
  413: 'The body is too large.',
  415: 'The body is no JSON.',
  422: 'Something in the body is wrong.',
};

function problem(status: number, extra: object = {}, headers: Record<string, string> = {}): Answer {
  return { status, body: { title: TITLES[status], status, ...extra }, headers };
}

/** What is wrong with an item, by JSON pointer. */
function faultsOf(item: Record<string, unknown>): string[] {
  const { name, price, ...others } = item;
  const isName = typeof name === 'string' && /^[a-z0-9-]{1,40}$/.test(name);
  const isPrice = typeof price === 'number' && Number.isInteger(price) && price >= 1 && price <= 1000;
  return [
    ...(isName ? [] : ['#/name']),
    ...(isPrice ? [] : ['#/price']),
    ...Object.keys(others).map((key) => `#/${key}`),
  ];
}

/** Starts an API that keeps the contract of items, but for a fault. */
export async function startItems(
  fault: Fault = 'none',
): Promise<{ url: string; token: string; left(): Item[]; close(): void }> {
  const items = new Map<number, Item>([[1, { id: 1, name: 'first', price: 7 }]]);
  let last = 1;

  function save(id: number, { headers }: IncomingMessage, text: string, bytes: number): Answer {
    if (bytes > LARGEST) return problem(413);
    if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) return problem(415);
    if (text.includes('\ufffd')) return problem(400);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return problem(400);
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return problem(400);
    const faults = faultsOf(value as Record<string, unknown>);
    if (faults.length > 0)
      return problem(422, { errors: faults.map((pointer) => ({ pointer, detail: 'is not as asked' })) });
    const item = { ...(value as Omit<Item, 'id'>), id };
    if ([...items.values()].some((each) => each.name === item.name && each.id !== id)) return problem(409);
    items.set(id, item);
    return { status: 200, body: item };
  }

  function answer(request: IncomingMessage, text: string, bytes: number): Answer {
    const { method = '', url = '', headers } = request;
    const { pathname, searchParams } = new URL(url, 'http://here');
    const path = pathname.replace(/^\/api/, '');
    const key =
      fault === 'takes a key in the query'
        ? (searchParams.get('api_key') ?? headers['x-api-key'])
        : headers['x-api-key'];
    const [, segment] = /^\/items\/([^/]+)$/.exec(path) ?? [];
    const isList = path === '/items';
    if (!isDecodable(url)) return problem(400);
    if (!isList && segment === undefined) return problem(404);
    if (key !== KEY) return problem(401, {}, { 'www-authenticate': 'ApiKey realm="items"' });
    const allowed = isList ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD', 'PUT', 'DELETE'];
    if (!allowed.includes(method)) return problem(405, {}, { allow: allowed.join(', ') });
    if (isList && method !== 'POST') {
      if (headers['x-version'] !== '2026-01' || !/^\d+$/.test(searchParams.get('limit') ?? '')) return problem(400);
      return { status: 200, body: { items: [...items.values()] } };
    }
    if (isList) {
      const saved = save(last + 1, request, text, bytes);
      if (saved.status !== 200) return saved;
      last += 1;
      return { ...saved, status: 201 };
    }
    if (!/^\d{1,15}$/.test(segment ?? '')) return method === 'GET' || method === 'HEAD' ? problem(400) : problem(404);
    const item = items.get(Number(segment));
    if (!item) return problem(404);
    if (method === 'PUT') return save(item.id, request, text, bytes);
    if (method !== 'DELETE') return { status: 200, body: item };
    items.delete(item.id);
    return { status: 204 };
  }

  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const whole = Buffer.concat(chunks);
      const { status, body, headers } = answer(request, whole.toString('utf8'), whole.length);
      const type = status < 400 || fault === 'labelled as JSON' ? 'application/json' : 'application/problem+json';
      response.writeHead(status, { ...(body !== undefined && { 'content-type': type }), ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    token: KEY,
    left: () => [...items.values()],
    close: () => void server.close().closeAllConnections(),
  };
}
