import type { Provocation } from '../plan/case.ts';
import { validBody } from './bodies.ts';
import { successControl } from './controls.ts';
import { buildRequest, realParams, whyNoObject } from './request.ts';

/** How 412 Precondition Failed is provoked: a change of what is no longer there (RFC 9110 §13.1.1). */
export const preconditionFailed: Provocation[] = [
  {
    id: 'stale-tag',
    condition: 'failed-precondition',
    title: 'A change to an object only if it is as it never was (If-Match)',
    appliesTo: ({ method }) => method === 'PUT' || method === 'PATCH',
    // But for the condition it is valid: a server that overlooks that carries it out.
    danger: () => 'write',
    cases(operation, scene) {
      const params = realParams(operation, scene);
      const control = successControl(operation, scene);
      const body = operation.body && validBody(operation, scene, 'stale-tag');
      if (!params || !control || (operation.body && body === undefined))
        return { untestable: whyNoObject(operation, scene) };
      const id = 'stale-tag';
      const headers: [string, string][] = [['If-Match', '"ecc-no-such-tag"']];
      const request = buildRequest(operation, { params, headers, ...(body !== undefined && { body }) });
      return [
        { id, provocation: id, request, controls: [control], danger: 'write', provenance: 'organic', repeat: true },
      ];
    },
  },
];
