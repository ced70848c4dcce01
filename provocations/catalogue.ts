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
import { preconditions } from './412-precondition-failed.ts';
import { tooLarge } from './413-too-large.ts';
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
  ...preconditions,
  ...tooLarge,
  ...unprocessableEntity,
  ...tooManyRequests,
  ...generated,
];

/** What a request brings about only where the target has an object that is hidden, or may be put under load. */
const RARE: Condition[] = ['hidden-object', 'missing-permission', 'too-many-requests'];

/**
 * Every provocation there is for a contract: those by what is sent, and for each status that it publishes those by what is done to the
 * target. A status that requests reach is brought about otherwise only where the profile says how, or, where they seldom do, by a driver.
 */
export function provocationsFor(contract: Contract): Provocation[] {
  const reached = reach(BY_REQUEST, contract);
  const often = reach(
    BY_REQUEST.filter(({ condition }) => !RARE.includes(condition)),
    contract,
  );
  const byFault = contract.statuses.flatMap((status) => [
    recipeCases(status, { isSilent: reached.has(status) }),
    switchCases(status),
    ...(often.has(status) ? [] : [driverProvocation(status)]),
  ]);
  return [...BY_REQUEST, ...byFault];
}

/** The statuses that answer what provocations bring about. */
function reach(provocations: readonly Provocation[], contract: Contract): Set<number | undefined> {
  const conditions = [...new Set(provocations.map(({ condition }) => condition))];
  return new Set(
    contract.operations.flatMap((operation) =>
      conditions.map((condition) => answersTo(condition, operation, contract)?.required[0]),
    ),
  );
}
