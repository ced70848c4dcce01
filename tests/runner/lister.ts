import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadTarget } from '../../config/target-profile.ts';
import type { Danger } from '../../plan/case.ts';
import { makePlan, openSession, type Session } from '../../runner/session.ts';
import type { Contract, JsonSchema, Link } from '../../schemas/contract.ts';
import { shopContract } from './shop/contract.ts';

export type Thing = { id: string | number; name: string };

/** What a list is asked for, and how it may answer: a body, as JSON text or a value, with headers and another status. */
export type Asked = { query: URLSearchParams; things: Thing[]; path: string; origin: string };
type Answered = { body: unknown; headers?: Record<string, string>; status?: number };

/** How a list tells of its pages: the query parameters that its contract has, its links, and what it answers. */
export type Style = {
  parameters?: Record<string, JsonSchema>;
  links?: Link[];
  answer(asked: Asked): Answered;
};

/** The contract of one kind, `/things`, with a list of this style; `place` is where its objects stand. */
export function listerContract({ parameters = {}, links = [] }: Style, place = '/data/0/id'): Contract {
  const contract = shopContract(['/things']);
  const operations = contract.operations.map((operation) =>
    operation.id !== 'list-things'
      ? operation
      : {
          ...operation,
          parameters: Object.entries(parameters).map(([name, schema]) => ({
            name,
            in: 'query' as const,
            required: false,
            schema,
          })),
          links: [{ operationId: 'read-things', parameters: { id: `$response.body#${place}` } }, ...links],
        },
  );
  return { ...contract, operations };
}

/** A server that lists things and lets them be removed; `asked` are the queries of its list so far. */
export async function startLister(style: Style, things: Thing[]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', `http://${request.headers.host}`);
    const id = /^\/api\/things\/(.+)$/.exec(url.pathname)?.[1];
    const at = things.findIndex((each) => String(each.id) === decodeURIComponent(id ?? ''));
    if (id !== undefined) {
      if (request.method === 'DELETE' && at >= 0) things.splice(at, 1);
      return void response.writeHead(at < 0 ? 404 : 200, { 'content-type': 'application/json' }).end('{}');
    }
    asked.push(url.search);
    const { origin, pathname: path, searchParams: query } = url;
    const { body, headers = {}, status = 200 } = style.answer({ query, things, path, origin });
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api`,
    asked,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** A session on an API with this contract. */
export function sessionFor(
  contract: Contract,
  { url, token = 'a-token-of-the-lister' }: { url: string; token?: string },
  allow: Danger[] = ['read', 'reject', 'write'],
): Session {
  const profile = loadTarget('generic');
  const plan = makePlan(contract, { allow, tokenInUrl: false, admin: false, profile }, ['contract']);
  return openSession(plan, { url, token }, { timeoutMs: 5000, concurrency: 4 });
}
