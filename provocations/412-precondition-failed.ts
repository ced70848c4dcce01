import type { Provocation } from '../plan/case.ts';
import { validBody } from './bodies.ts';
import { successControl } from './controls.ts';
import { buildRequest, IF_MATCH, type RequestParts, realParams, whyNoObject } from './request.ts';

/** A change that is valid but for its condition; what overlooks that carries it out. */
function conditional(
  made: Pick<Provocation, 'id' | 'condition' | 'title'>,
  parts: Pick<RequestParts, 'headers' | 'without'>,
): Provocation {
  return {
    ...made,
    appliesTo: ({ method }) => method === 'PUT' || method === 'PATCH',
    danger: () => 'write',
    cases(operation, scene) {
      const { id } = made;
      const params = realParams(operation, scene);
      const control = successControl(operation, scene);
      const body = operation.body && validBody(operation, scene, id);
      if (!params || !control || (operation.body && body === undefined))
        return { untestable: whyNoObject(operation, scene) };
      const request = buildRequest(operation, { ...parts, params, ...(body !== undefined && { body }) });
      return [
        { id, provocation: id, request, controls: [control], danger: 'write', provenance: 'organic', repeat: true },
      ];
    },
  };
}

/** How 412 Precondition Failed (RFC 9110 §13.1.1) and 428 Precondition Required (RFC 6585 §3) are provoked. */
export const preconditions: Provocation[] = [
  conditional(
    {
      id: 'stale-tag',
      condition: 'failed-precondition',
      title: 'A change to an object only if it is as it never was (If-Match)',
    },
    { headers: [[IF_MATCH, '"ecc-no-such-tag"']] },
  ),
  conditional(
    {
      id: 'no-precondition',
      condition: 'precondition-required',
      title: 'A change to an object whatever it is like by now (no If-Match)',
    },
    { without: [IF_MATCH] },
  ),
];
