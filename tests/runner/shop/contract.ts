import type { Contract, JsonSchema, Operation } from '../../../schemas/contract.ts';
import { loadContract } from '../../../schemas/load-contract.ts';

const SUCCESS: Record<string, number> = { GET: 200, POST: 201, PUT: 200, PATCH: 200, DELETE: 200 };

const BODY: JsonSchema = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', minLength: 1, 'x-unique': true }, color: { type: 'string', minLength: 1 } },
};

/** How an operation of a shop may differ from the usual one. */
export type Change = Partial<Pick<Operation, 'tag' | 'links' | 'id'>>;

/** What the published operations document of their errors' bodies. */
const BODIES = Object.assign({}, ...loadContract().operations.map(({ errorBodies }) => errorBodies));

/** The published errors with other operations: for each collection those to list, make, read, replace and remove its objects. */
export function shopContract(collections: string[], change: Change = {}, without: string[] = []): Contract {
  const operations = collections
    .flatMap((path) => operationsOf(path, change))
    .filter(({ id }) => !without.includes(id));
  const known = new Set(operations.map(({ id }) => id));
  const linked = operations.map((each) => ({
    ...each,
    links: each.links.filter(({ operationId }) => known.has(operationId)),
  }));
  return { ...loadContract(), operations: linked };
}

function operationsOf(path: string, change: Change): Operation[] {
  const item = `${path}/{id${path.split('{').length > 1 ? '2' : ''}}`;
  const name = path.replaceAll(/\W+/g, '-');
  const own = item.slice(item.lastIndexOf('{') + 1, -1);
  const link = (method: string, expression: string) => ({
    operationId: `${method}${name}`,
    parameters: { [own]: expression },
  });
  const make = (id: string, method: string, at: string, links: Operation['links'] = []): Operation => ({
    id: `${id}${name}`,
    method,
    path: at,
    tag: path.split('/').at(-1) ?? '',
    summary: id,
    parameters: [...at.matchAll(/\{(\w+)\}/g)].map(([, each = '']) => ({
      name: each,
      in: 'path',
      required: true,
      schema: { type: 'integer' },
    })),
    ...(['POST', 'PUT'].includes(method) && {
      body: { required: true, schema: BODY, examples: { plain: { name: 'a name', color: 'red' } } },
    }),
    successes: [SUCCESS[method] ?? 200],
    errors: [400, 401, 404, 422],
    errorBodies: BODIES,
    notApplicable: Object.fromEntries([403, 429, 500, 501, 504].map((status) => [status, 'not here'])),
    links,
    ...change,
  });
  const made = ['read', 'replace', 'remove'].map((each) => link(each, '$response.body#/id'));
  return [
    make('list', 'GET', path, [link('read', '$response.body#/data/0/id')]),
    make('make', 'POST', path, made),
    make('read', 'GET', item),
    make('replace', 'PUT', item),
    make('remove', 'DELETE', item),
  ];
}
