import type { RequestSpec } from '../model/exchange.ts';
import type { Draft, Provocation } from '../plan/case.ts';
import type { Operation } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';
import { baseControls, headControl } from './controls.ts';
import { harmlessRequest } from './harmless.ts';
import {
  buildRequest,
  clientErrors,
  isSafe,
  type RequestParts,
  realParams,
  unknownParams,
  whyNoObject,
} from './request.ts';

/** What stands in place of the right credential. */
type Credential = Pick<Provocation, 'id' | 'title' | 'condition'> & {
  parts: RequestParts;
  query?: string;
  anyClientError?: boolean;
};

const CREDENTIALS: Credential[] = [
  {
    id: 'no-authorization',
    condition: 'no-credential',
    title: 'No Authorization header',
    parts: { authorization: null },
  },
  {
    id: 'empty-bearer',
    condition: 'malformed-credential',
    title: 'A bearer scheme without a token',
    parts: { authorization: 'Bearer ' },
  },
  {
    id: 'unknown-token',
    condition: 'wrong-credential',
    title: 'A token nobody has',
    parts: { authorization: 'Bearer ecc-no-such-token' },
  },
  {
    id: 'changed-token',
    condition: 'wrong-credential',
    title: 'The right token with one byte changed',
    parts: { authorization: 'Bearer {{token:changed}}' },
  },
  {
    id: 'wrong-scheme',
    condition: 'malformed-credential',
    title: 'The right token under another scheme',
    parts: { authorization: 'Token {{token}}' },
  },
  {
    id: 'token-in-query',
    condition: 'malformed-credential',
    title: 'The right token in the query only',
    parts: { authorization: null },
    query: '?access_token={{token}}&token={{token}}&api_key={{token}}',
  },
  {
    id: 'two-authorizations',
    condition: 'malformed-credential',
    title: 'Two Authorization headers',
    parts: { authorization: 'Bearer {{token}}', headers: [['Authorization', 'Bearer ecc-no-such-token']] },
    anyClientError: true,
  },
];

const WITHHELD = 'needs the token in a URL, where logs keep it, which is not allowed (CONFORMANCE_TOKEN_IN_URL)';

function credentialProvocation(credential: Credential): Provocation {
  return {
    id: credential.id,
    condition: credential.condition,
    title: credential.title,
    appliesTo: () => true,
    danger: (operation) => (isSafe(operation) ? 'read' : 'reject'),
    cases(operation, scene, status) {
      const harmless = harmlessRequest(operation, scene, credential.id);
      if ('untestable' in harmless) return harmless;
      const parts = { ...harmless.parts, ...credential.parts };
      if (credential.query !== undefined) parts.query = credential.query;
      const isWithheld = credential.query !== undefined && !scene.capabilities.tokenInUrl;
      return [
        {
          id: credential.id,
          provocation: credential.id,
          request: buildRequest(operation, parts),
          ...(credential.anyClientError && { also: clientErrors(scene) }),
          controls: harmless.controls(status),
          danger: harmless.danger,
          provenance: 'organic',
          repeat: true,
          ...(isWithheld && { withheld: WITHHELD }),
        },
      ];
    },
  };
}

const headWithoutToken: Provocation = {
  id: 'head-no-authorization',
  condition: 'no-credential',
  title: 'HEAD without an Authorization header',
  appliesTo: isSafe,
  danger: () => 'read',
  cases(operation, scene) {
    const params = realParams(operation, scene);
    const seen = headControl(operation, scene);
    if (!params || !seen) return { untestable: whyNoObject(operation, scene) };
    const request = buildRequest(operation, { params, method: 'HEAD', authorization: null });
    return [plainCase('head-no-authorization', operation, request, [...baseControls(operation, scene), seen])];
  },
};

/** Existence may not be told to those who are not authenticated (CWE-204): both answers must be alike. */
const existence: Provocation = {
  id: 'existence-unauthenticated',
  condition: 'no-credential',
  title: 'An object that exists and one that does not, both asked for without a token',
  appliesTo: (operation) => isSafe(operation) && pathParams(operation.path).length > 0,
  danger: () => 'read',
  cases(operation, scene) {
    const params = realParams(operation, scene);
    if (!params) return { untestable: whyNoObject(operation, scene) };
    const controls = baseControls(operation, scene);
    const targets = { known: params, unknown: unknownParams(operation, scene) };
    return Object.entries(targets).map(([name, aim]) => {
      const request = buildRequest(operation, { params: aim, authorization: null });
      const pair = 'existence-unauthenticated';
      return { ...plainCase(`${pair}:${name}`, operation, request, controls), provocation: pair, pair };
    });
  },
};

function plainCase(id: string, operation: Operation, request: RequestSpec, controls: Draft['controls']): Draft {
  const danger = isSafe(operation) ? 'read' : 'reject';
  return { id, provocation: id, request, controls, danger, provenance: 'organic' };
}

/** How 401 Unauthorized is provoked: requests without the right credential in the right place. */
export const unauthorized: Provocation[] = [...CREDENTIALS.map(credentialProvocation), headWithoutToken, existence];
