import type { Provocation } from '../plan/case.ts';
import { harmlessRequest, refusedRequest } from './harmless.ts';
import { buildRequest, isSafe } from './request.ts';

const BURST = 'burst';

/** How 429 Too Many Requests is provoked: the same harmless request again and again, up to a bound. */
export const tooManyRequests: Provocation[] = [
  {
    id: BURST,
    via: 'burst',
    condition: 'too-many-requests',
    title: 'A bounded burst that stops at the first 429, then a wait as long as announced',
    appliesTo: () => true,
    danger: () => 'load',
    cases(operation, scene, status) {
      // Sent many times over, a request that is carried out would be a load of its own: only reads may be.
      const harmless = isSafe(operation) ? harmlessRequest(operation, scene, BURST) : refusedRequest(operation, scene);
      if ('untestable' in harmless) return harmless;
      return [
        {
          id: BURST,
          provocation: BURST,
          request: buildRequest(operation, harmless.parts),
          controls: harmless.controls(status),
          danger: 'load',
          provenance: 'organic',
        },
      ];
    },
  },
];
