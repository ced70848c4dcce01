import type { Change } from '../altering.ts';
import { ERROR_STATUSES } from '../errors.ts';
import { flawlessAtOnce, succeed } from './answering.ts';
import type { Degenerate } from './degenerate.ts';

/** Changes every error and no success. */
function onErrors(change: Change): Change {
  return (answer, asked) => (answer.status >= 400 ? change(answer, asked) : answer);
}

const ALL = [...ERROR_STATUSES];

/** Statuses that servers are known to take for one another. */
const PAIRS = [
  [400, 401],
  [400, 403],
  [400, 404],
  [400, 422],
  [400, 500],
  [401, 403],
  [401, 404],
  [401, 500],
  [403, 404],
  [403, 500],
  [404, 422],
  [404, 500],
  [404, 501],
  [422, 500],
  [500, 501],
  [500, 504],
  [501, 504],
] as const;

/** Statuses outside the contract that servers use for one inside. */
const STRANGERS = [
  [400, 415],
  [401, 407],
  [403, 451],
  [404, 410],
  [422, 409],
  [500, 502],
  [501, 405],
  [504, 503],
  [504, 408],
] as const;

/** Servers that do what they are asked, and have one error for another. */
export const ERRORS: Degenerate[] = [
  ...PAIRS.map(([one, other]) => ({
    id: `swaps-${one}-${other}`,
    does: `takes ${one} for ${other} and ${other} for ${one}`,
    never: [one, other],
    answer: onErrors((answer) => {
      if (answer.status === one) return flawlessAtOnce(other);
      return answer.status === other ? flawlessAtOnce(one) : answer;
    }),
  })),
  ...STRANGERS.map(([one, other]) => ({
    id: `mistakes-${one}-for-${other}`,
    does: `takes ${one} for ${other}, which is not documented`,
    never: [one],
    answer: onErrors((answer) => (answer.status === one ? flawlessAtOnce(other) : answer)),
  })),
  ...ERROR_STATUSES.map((status) => ({
    id: `only-error-${status}`,
    does: `knows no error but ${status}`,
    never: ALL.filter((each) => each !== status),
    answer: onErrors(() => flawlessAtOnce(status)),
  })),
  {
    id: 'no-errors',
    does: 'answers every error with 200 and its body',
    never: ALL,
    answer: onErrors((answer) => ({ ...answer, status: 200 })),
  },
  {
    id: 'no-errors-at-all',
    does: 'answers every error with 200 and an empty object',
    never: ALL,
    answer: onErrors(() => succeed({})),
  },
];
