import type { Provocation } from '../plan/case.ts';
import { badRequest } from './400-bad-request.ts';
import { unauthorized } from './401-unauthorized.ts';
import { forbidden } from './403-forbidden.ts';
import { notFound } from './404-not-found.ts';
import { unprocessableEntity } from './422-unprocessable-entity.ts';
import { tooManyRequests } from './429-too-many-requests.ts';
import { internalServerError } from './500-internal-server-error.ts';
import { notImplemented } from './501-not-implemented.ts';
import { gatewayTimeout } from './504-gateway-timeout.ts';
import { generated } from './generated/probes.ts';
import { unmatchedRoute } from './unmatched-route.ts';

/** Every provocation there is. */
export const PROVOCATIONS: Provocation[] = [
  ...badRequest,
  ...unauthorized,
  ...forbidden,
  ...notFound,
  unmatchedRoute,
  ...unprocessableEntity,
  ...tooManyRequests,
  ...internalServerError,
  ...notImplemented,
  ...gatewayTimeout,
  ...generated,
];
