import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

type Item = { id: number; name: string; color?: string };

/** What a shop does that no shop should, or need not. */
export type Habits = {
  /** Ids of an object that was removed are given to the next stranger at once. */
  reuses?: boolean;
  /** A PUT on a collection replaces all that is in it. */
  replaces?: boolean;
  /** POST with this header or query takes the method named there. */
  overrides?: boolean;
  /** What a GET of an object that is not there is answered; 404 by default. */
  missing?: number;
  /** What it makes of a name, for good. */
  renames?: (name: string) => string;
};

const TOKEN = 'a-token-of-the-shop';

/** A shop whose ids are counted, in each collection from 1001 on, where strangers' objects stand already. */
export async function startShop(collections: string[], habits: Habits = {}) {
  const stores = new Map<string, Map<number, Item>>();
  const next = new Map<string, number>();
  const touched: string[] = [];
  const made: Item[] = [];
  const store = (path: string): Map<number, Item> => {
    const found = stores.get(path) ?? new Map<number, Item>();
    stores.set(path, found);
    return found;
  };
  const add = (path: string, fields: Omit<Item, 'id'>): Item => {
    const id = next.get(path) ?? 1001;
    next.set(path, id + 1);
    const item = { ...fields, id };
    store(path).set(id, item);
    return item;
  };
  for (const [index, path] of collections.filter((each) => !each.includes('{')).entries())
    for (let count = 0; count < 3 + index; count++) add(path, { name: `stranger ${path} ${count}` });
  // Strangers' children, below strangers' parents.
  for (const path of collections.filter((each) => each.includes('{')))
    for (const parent of [1001, 1002]) add(path.replace(/\{\w+\}/, String(parent)), { name: `stranger ${path}` });
  const strangers = () =>
    [...stores].flatMap(([path, items]) =>
      [...items.values()]
        .filter((item) => !item.name.startsWith('ecc-') && !made.includes(item))
        .map((item) => ({ path, ...item })),
    );
  const before = strangers();

  const answer = async (request: IncomingMessage): Promise<[number, unknown]> => {
    const { method = '', url = '', headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    let path: string;
    try {
      path = decodeURIComponent((url.split('?')[0] ?? '').replace(/^\/api/, ''));
    } catch {
      return [400, { summary: 'The path cannot be read.' }];
    }
    const asked = habits.overrides ? String(headers['x-http-method-override'] ?? method) : method;
    const credentials = request.rawHeaders.filter((_, index) =>
      /^authorization$/i.test(request.rawHeaders[index - 1] ?? ''),
    );
    if (credentials.length !== 1 || credentials[0] !== `Bearer ${TOKEN}`) return [401, { summary: 'Who are you?' }];
    if (url.includes('%ff') || url.includes('=%')) return [400, { summary: 'The query cannot be read.' }];
    return handle(asked, path, Buffer.concat(chunks), String(headers['content-type'] ?? ''));
  };

  function handle(method: string, path: string, body: Buffer, type: string): [number, unknown] {
    const collection = templateOf(path, collections);
    const above = path.slice(0, path.lastIndexOf('/'));
    const holder = templateOf(above, collections);
    if (collection !== undefined) return atCollection(method, path, collection, body, type);
    const isRead = method === 'GET' || method === 'HEAD';
    // As of a child whose parent is named by no number.
    const isTyped = templateOf(path.replace(/^(\/\w+\/)[^/]+/, '$11'), collections) === undefined;
    if (isRead && !isTyped) return [400, { summary: 'The id is no number.' }];
    if (holder === undefined) return [404, { summary: 'There is no such path.' }];
    const id = path.slice(path.lastIndexOf('/') + 1);
    if (isRead && !/^\d+$/.test(id)) return [400, { summary: 'The id is no number.' }];
    const item = hasParent(above, holder) ? store(above).get(/^\d+$/.test(id) ? Number(id) : Number.NaN) : undefined;
    if (!item) return [method === 'GET' ? (habits.missing ?? 404) : 404, { summary: 'There is no such object.' }];
    if (isRead) return [200, item];
    if (!item.name.startsWith('ecc-') && !made.includes(item)) touched.push(`${method} ${path}`);
    if (method === 'DELETE') {
      store(above).delete(item.id);
      if (habits.reuses) store(above).set(item.id, { id: item.id, name: 'stranger who came later' });
      return [200, { id: item.id, deleted: true }];
    }
    if (method !== 'PUT') return [404, { summary: 'There is no such method.' }];
    const fields = read(body, type);
    if (Array.isArray(fields)) return fields;
    if ([...store(above).values()].some(({ id: other, name }) => other !== item.id && name === fields.name))
      return invalid('name', 'is taken');
    Object.assign(item, fields);
    return [200, item];
  }

  function atCollection(method: string, path: string, template: string, body: Buffer, type: string): [number, unknown] {
    const isRead = method === 'GET' || method === 'HEAD';
    if (!hasParent(path, template)) return [404, { summary: 'There is no such parent.' }];
    if (isRead) return [200, { data: [...store(path).values()] }];
    if (method === 'PUT' && habits.replaces) {
      touched.push(`PUT ${path}`);
      store(path).clear();
      return [200, { data: [] }];
    }
    if (method !== 'POST') return [404, { summary: 'There is no such method.' }];
    const fields = read(body, type);
    if (Array.isArray(fields)) return fields;
    if ([...store(path).values()].some(({ name }) => name === fields.name)) return invalid('name', 'is taken');
    const item = add(path, { ...fields, name: habits.renames?.(fields.name) ?? fields.name });
    if (fields.name.startsWith('ecc-')) made.push(item);
    return [201, item];
  }

  function hasParent(path: string, template: string): boolean {
    if (!template.includes('{')) return true;
    const [parent, id] = [path.split('/').slice(0, -2).join('/'), path.split('/').at(-2)];
    return store(parent).has(Number(id));
  }

  const server = createServer((request, response) => {
    void answer(request).then(([status, body]) => {
      const text = JSON.stringify(body);
      const challenge = status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {};
      response.writeHead(status, { 'Content-Type': 'application/json', ...challenge }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api`,
    token: TOKEN,
    /** Strangers' objects that were changed or removed, and every attempt to. */
    harm: () => {
      const after = new Set(strangers().map((each) => JSON.stringify(each)));
      return [
        ...touched,
        ...before.filter((each) => !after.has(JSON.stringify(each))).map(({ path, id }) => `${path}/${id} is gone`),
      ];
    },
    /** What was given a name of the suite's. */
    made: () => made,
    /** What was given such a name, or bears one, and is still there. */
    left: () =>
      [...stores.values()].flatMap((items) =>
        [...items.values()].filter((item) => item.name.startsWith('ecc-') || made.includes(item)),
      ),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function templateOf(path: string, collections: string[]): string | undefined {
  return collections.find((each) => new RegExp(`^${each.replace(/\{\w+\}/g, '\\d+')}$`).test(path));
}

function read(body: Buffer, type: string): Omit<Item, 'id'> | [number, unknown] {
  if (type !== 'application/json') return [400, { summary: 'No JSON.' }];
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return [400, { summary: 'The body cannot be read.' }];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [400, { summary: 'No object.' }];
  const { name, color } = value as { name?: unknown; color?: unknown };
  if (typeof name !== 'string' || name.trim() === '') return invalid('name', 'is missing');
  if (color !== undefined && (typeof color !== 'string' || color === '')) return invalid('color', 'is no text');
  return { name, ...(color !== undefined && { color }) };
}

function invalid(field: string, reason: string): [number, unknown] {
  return [422, { summary: 'It is not valid.', validation_errors: { [field]: [reason] } }];
}
