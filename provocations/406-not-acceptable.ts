import type { Provocation } from '../plan/case.ts';
import { successControl } from './controls.ts';
import { buildRequest, isSafe, realParams, whyNoObject } from './request.ts';

/** How 406 Not Acceptable is provoked: a client that accepts nothing that there is. */
export const notAcceptable: Provocation[] = [
  {
    id: 'unacceptable-type',
    condition: 'not-acceptable',
    title: 'A client that accepts only a media type that nobody has',
    appliesTo: isSafe,
    danger: () => 'read',
    cases(operation, scene) {
      const params = realParams(operation, scene);
      const control = successControl(operation, scene);
      if (!params || !control) return { untestable: whyNoObject(operation, scene) };
      const id = 'unacceptable-type';
      const request = buildRequest(operation, { params, accept: 'application/vnd.ecc.no-such-type' });
      // Who cannot meet it may as well send what there is (RFC 9110 §12.4.1).
      const also = operation.successes;
      return [
        {
          id,
          provocation: id,
          request,
          also,
          controls: [control],
          danger: 'read',
          provenance: 'organic',
          repeat: true,
        },
      ];
    },
  },
];
