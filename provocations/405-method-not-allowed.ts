import type { Provocation } from '../plan/case.ts';
import { kindOf } from '../plan/places.ts';
import type { Contract, Operation } from '../schemas/contract.ts';
import { baseControls } from './controls.ts';
import { buildRequest, unknownParams, whyNoObject } from './request.ts';

/**
 * A method that the contract does not name on an operation's path. At an object's path it is one that changes, for a request that aims
 * at an id which nothing has; elsewhere it is TRACE, since a collection could be replaced as a whole.
 */
export function undocumentedMethod({ path }: Operation, { operations }: Contract): string {
  const own = operations.filter((each) => kindOf(each.path) === kindOf(path));
  const changing = path.endsWith('}') ? ['PUT', 'PATCH', 'DELETE'] : [];
  return changing.find((each) => !own.some(({ method }) => method === each)) ?? 'TRACE';
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
      const method = undocumentedMethod(operation, scene.contract);
      const body = method === 'PUT' || method === 'PATCH' ? { body: {} } : {};
      const request = buildRequest(operation, { method, params: unknownParams(operation, scene), ...body });
      const id = 'undocumented-method';
      return [{ id, provocation: id, request, controls, danger: 'reject', provenance: 'organic', repeat: true }];
    },
  },
];
