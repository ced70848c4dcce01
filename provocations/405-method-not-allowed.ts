import type { RequestSpec } from '../model/exchange.ts';
import type { Provocation, Scene } from '../plan/case.ts';
import { kindOf } from '../plan/places.ts';
import type { Operation } from '../schemas/contract.ts';
import { baseControls } from './controls.ts';
import { buildRequest, unknownParams, whyNoObject } from './request.ts';

/**
 * A request by a method that the contract does not name on an operation's path. At an object's path it is one that changes, aimed at an
 * id which nothing has, so that a server that carries it out has nothing to change; elsewhere it is TRACE, since a collection could be
 * replaced as a whole.
 */
export function undocumentedRequest(operation: Operation, scene: Scene): RequestSpec {
  const own = scene.contract.operations.filter((each) => kindOf(each.path) === kindOf(operation.path));
  const changing = operation.path.endsWith('}') ? ['PUT', 'PATCH', 'DELETE'] : [];
  const method = changing.find((each) => !own.some((known) => known.method === each)) ?? 'TRACE';
  const body = method === 'PUT' || method === 'PATCH' ? { body: {} } : {};
  return buildRequest(operation, { method, params: unknownParams(operation, scene), ...body });
}

/** How 405 Method Not Allowed is provoked: a method that the contract does not name. */
export const methodNotAllowed: Provocation[] = [
  {
    id: 'undocumented-method',
    condition: 'unknown-method',
    title: 'A method that the contract does not name there',
    // Where it is another status that answers it, one path and method stands for all (`unmatched-route`).
    appliesTo: ({ errors }) => errors.includes(405),
    danger: () => 'reject',
    cases(operation, scene) {
      const controls = baseControls(operation, scene);
      if (controls.length === 0) return { untestable: whyNoObject(operation, scene) };
      const request = undocumentedRequest(operation, scene);
      const id = 'undocumented-method';
      return [{ id, provocation: id, request, controls, danger: 'reject', provenance: 'organic', repeat: true }];
    },
  },
];
