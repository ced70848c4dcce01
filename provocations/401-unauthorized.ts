import type { RequestSpec } from '../model/exchange.ts';
import type { Draft, Judge, Provocation } from '../plan/case.ts';
import type { Operation } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';
import { isSecured } from '../schemas/security.ts';
import { baseControls, headControl } from './controls.ts';
import { NOTHING, type Wrong, wrongCredentials } from './credentials.ts';
import { harmlessRequest } from './harmless.ts';
import { buildRequest, clientErrors, isSafe, realParams, unknownParams, whyNoObject } from './request.ts';

/**
 * One way to be wrong, and how it is told. Where a check of its own judges it, servers may read such a request in more ways than one (RFC 6750
 * §2.3 lets a token be in the query, and many take the first of two lines), so that any refusal is right.
 */
type Credential = Pick<Provocation, 'id' | 'title' | 'condition'> & { wrong: Wrong; judgedBy?: Judge };

const NO_CREDENTIAL = 'no-authorization';

const CREDENTIALS: Credential[] = [
  { id: NO_CREDENTIAL, condition: 'no-credential', title: 'No credential', wrong: 'absent' },
  { id: 'empty-bearer', condition: 'malformed-credential', title: 'An empty credential', wrong: 'empty' },
  { id: 'unknown-token', condition: 'wrong-credential', title: 'A credential nobody has', wrong: 'unknown' },
  {
    id: 'changed-token',
    condition: 'wrong-credential',
    title: 'The right credential with one byte changed',
    wrong: 'changed',
  },
  {
    id: 'wrong-scheme',
    condition: 'malformed-credential',
    title: 'The right credential under another scheme',
    wrong: 'as another scheme',
  },
  {
    id: 'token-in-query',
    condition: 'malformed-credential',
    title: 'The right credential in another place only: in the query, or where it belongs there, in a header',
    wrong: 'elsewhere',
    judgedBy: 'url-credential-refused',
  },
  {
    id: 'two-authorizations',
    condition: 'malformed-credential',
    title: 'Two Authorization headers',
    wrong: 'twice',
    judgedBy: 'two-credentials-refused',
  },
];

const WITHHELD = 'needs the token in a URL, where logs keep it, which is not allowed (CONFORMANCE_TOKEN_IN_URL)';

const OPEN = 'the contract lets everybody in without a credential (security)';

/** What is missing where nobody is asked for a credential. */
const lacksSecurity = (operation: Operation) => (isSecured(operation) ? undefined : OPEN);

function credentialProvocation({ id, condition, title, wrong, judgedBy }: Credential): Provocation {
  return {
    id,
    condition,
    title,
    appliesTo: () => true,
    danger: (operation) => (isSafe(operation) ? 'read' : 'reject'),
    lacks: lacksSecurity,
    cases(operation, scene, status) {
      const harmless = harmlessRequest(operation, scene, id);
      if ('untestable' in harmless) return harmless;
      return wrongCredentials(operation, wrong).map(({ suffix, sent, isSecretInUrl }): Draft => {
        // A key that belongs in the query is elsewhere in a header, where no log keeps it.
        const isOwn = judgedBy !== undefined && (wrong !== 'elsewhere' || isSecretInUrl);
        return {
          id: `${id}${suffix}`,
          provocation: id,
          request: buildRequest(operation, { ...harmless.parts, credential: sent }),
          ...(isOwn && { also: clientErrors(scene), judgedBy, guard: `${NO_CREDENTIAL}${suffix}` }),
          controls: harmless.controls(status),
          danger: harmless.danger,
          provenance: 'organic',
          // Where tries are counted, one more operation says more than a second try.
          repeat: wrong === 'absent' || scene.capabilities.profile.wrongCredentials === 'unlimited',
          ...(isSecretInUrl && !scene.capabilities.tokenInUrl && { withheld: WITHHELD }),
        };
      });
    },
  };
}

const headWithoutToken: Provocation = {
  id: 'head-no-authorization',
  condition: 'no-credential',
  title: 'HEAD without an Authorization header',
  appliesTo: isSafe,
  danger: () => 'read',
  lacks: lacksSecurity,
  cases(operation, scene) {
    const params = realParams(operation, scene);
    const seen = headControl(operation, scene);
    if (!params || !seen) return { untestable: whyNoObject(operation, scene) };
    const request = buildRequest(operation, { params, method: 'HEAD', credential: NOTHING });
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
  lacks: lacksSecurity,
  cases(operation, scene) {
    const params = realParams(operation, scene);
    if (!params) return { untestable: whyNoObject(operation, scene) };
    const controls = baseControls(operation, scene);
    const targets = { known: params, unknown: unknownParams(operation, scene) };
    return Object.entries(targets).map(([name, aim]) => {
      const request = buildRequest(operation, { params: aim, credential: NOTHING });
      const pair = 'existence-unauthenticated';
      return { ...plainCase(`${pair}:${name}`, operation, request, controls), provocation: pair, pair, repeat: true };
    });
  },
};

function plainCase(id: string, operation: Operation, request: RequestSpec, controls: Draft['controls']): Draft {
  const danger = isSafe(operation) ? 'read' : 'reject';
  return { id, provocation: id, request, controls, danger, provenance: 'organic' };
}

/** How 401 Unauthorized is provoked: requests without the right credential in the right place. */
export const unauthorized: Provocation[] = [...CREDENTIALS.map(credentialProvocation), headWithoutToken, existence];
