import { type Check, problemIf } from './check.ts';

/** Errors that say that nothing was done: who is not known, may not, aims at nothing, or asks for what is not valid gets nothing. */
const REFUSALS = [401, 403, 404, 422];

/** An error of one of these statuses that had its effect all the same is not what its page says that it is. */
function refusalCheck(status: number): Check {
  return {
    id: `effect-${status}`,
    clause: `meaning-${status}`,
    judge({ response, effect }) {
      if (response?.status !== status || effect === undefined) return undefined;
      return problemIf(effect !== null, `answered ${status}, and ${effect}`);
    },
  };
}

const otherError: Check = {
  id: 'effect-behind-error',
  clause: 'effect-behind-error',
  judge({ response, effect, rules }) {
    if (!response || effect === undefined) return undefined;
    if (REFUSALS.includes(response.status) && rules.statuses.includes(response.status)) return undefined;
    return problemIf(effect !== null, `answered ${response.status}, and ${effect}`);
  },
};

/** The checks of whether an error was one, made for the statuses of a contract. */
export function effectChecks(statuses: readonly number[]): Check[] {
  return [...REFUSALS.filter((status) => statuses.includes(status)).map(refusalCheck), otherError];
}
