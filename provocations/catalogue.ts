import type { Provocation } from '../plan/case.ts';
import { answersTo } from '../schemas/answers.ts';
import type { Condition } from '../schemas/conditions.ts';
import type { Contract } from '../schemas/contract.ts';
import { badRequest } from './400-bad-request.ts';
import { unauthorized } from './401-unauthorized.ts';
import { forbidden } from './403-forbidden.ts';
import { notFound } from './404-not-found.ts';
import { methodNotAllowed } from './405-method-not-allowed.ts';
import { notAcceptable } from './406-not-acceptable.ts';
import { preconditionFailed } from './412-precondition-failed.ts';
import { unprocessableEntity } from './422-unprocessable-entity.ts';
import { tooManyRequests } from './429-too-many-requests.ts';
import { driverProvocation } from './fault-driver.ts';
import { recipeCases } from './fault-recipes.ts';
import { switchCases } from './fault-switches.ts';
import { generated } from './generated/probes.ts';
import { unmatchedRoute } from './unmatched-route.ts';

/** Provocations by what is sent. */
const BY_REQUEST: Provocation[] = [
  ...badRequest,
  ...unauthorized,
  ...forbidden,
  ...notFound,
  unmatchedRoute,
  ...methodNotAllowed,
  ...notAcceptable,
  ...preconditionFailed,
  ...unprocessableEntity,
  ...tooManyRequests,
  ...generated,
];

/** What a request brings about only where the target has an object that is hidden, or may be put under load. */
const RARE: Condition[] = ['hidden-object', 'too-many-requests'];

/**
 * Every provocation there is for a contract: those by what is sent, and for each status that it publishes those by what is done to the
 * target, as its profile or a fault driver knows.
 */
export function provocationsFor(contract: Contract): Provocation[] {
  return [...BY_REQUEST, ...contract.statuses.flatMap((status) => byFault(status, contract))];
}

/** A status that requests reach anyhow is brought about otherwise only where the profile says how. */
function byFault(status: number, contract: Contract): Provocation[] {
  const isReached = BY_REQUEST.some(
    ({ condition }) =>
      !RARE.includes(condition) &&
      contract.operations.some((operation) => answersTo(condition, operation, contract)?.required[0] === status),
  );
  return [
    recipeCases(status, { isSilent: isReached || status === 429 || status === 403 }),
    switchCases(status),
    ...(isReached ? [] : [driverProvocation(status)]),
  ];
}
