import type { RequestSpec } from '../model/exchange.ts';
import type { Provocation, Scene } from '../plan/case.ts';
import { firstList } from '../plan/resources.ts';
import type { Contract, Operation } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';
import { undocumentedRequest } from './405-method-not-allowed.ts';
import { successControl } from './controls.ts';
import { clientErrors, requestTo } from './request.ts';

const ID = 'unmatched-route';

/**
 * A row of the matrix for every path and method that the contract does not name: frameworks answer those with another
 * serializer than handlers do, so that they are the likeliest to break the published body.
 */
export function withUnmatchedRoute(contract: Contract): Contract {
  const others = contract.statuses.filter((status) => status !== 404);
  const reason = 'only a path that leads nowhere is asked for here';
  const row: Operation = {
    id: ID,
    method: 'ANY',
    path: '/(any other path)',
    tag: 'other paths',
    summary: 'A path or method that the contract does not name',
    parameters: [],
    successes: [],
    errors: [404],
    errorBodies: {},
    notApplicable: Object.fromEntries(others.map((status) => [status, reason])),
    links: [],
  };
  return { ...contract, operations: [...contract.operations, row] };
}

/** Any documented 4xx answers a route that is not there; 404 first, because that is what it means. */
export const unmatchedRoute: Provocation = {
  id: ID,
  condition: 'unknown-route',
  title: 'A path or method that no route matches',
  appliesTo: (operation) => operation.id === ID,
  danger: () => 'read',
  cases(_operation, scene) {
    const list = firstList(scene.contract);
    const control = list && successControl(list, scene);
    if (!list || !control) return { untestable: 'no list operation shows that the base URL is right' };
    const targets = { path: '/ecc-no-such-route', 'below-object': `${list.path}/ecc-no-such-object/ecc-no-such-route` };
    const requests = Object.entries(targets).map(([name, target]) => ({
      name,
      request: requestTo(list, 'GET', target, {}),
    }));
    // A router's own answer is the likeliest to depend on what the client accepts.
    requests.push({ name: 'no-accept', request: requestTo(list, 'GET', targets.path, { accept: null }) });
    const unnamed = unnamedMethod(scene);
    if (unnamed) requests.push({ name: 'method', request: unnamed });
    return requests.map(({ name, request }) => ({
      id: `${ID}:${name}`,
      provocation: ID,
      ...(name === 'method' && { condition: 'unknown-method' as const }),
      request,
      also: clientErrors(scene),
      controls: [control],
      danger: request.method === 'GET' ? 'read' : 'reject',
      provenance: 'organic',
      repeat: name === 'path',
    }));
  },
};

/** A method that the contract does not name, at an object that does not exist. */
function unnamedMethod(scene: Scene): RequestSpec | undefined {
  return scene.contract.operations
    .filter(({ method, path }) => method === 'GET' && pathParams(path).length === 1 && path.endsWith('}'))
    .map((operation) => undocumentedRequest(operation, scene))
    .find(({ method }) => method !== 'TRACE');
}
