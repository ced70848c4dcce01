import { createHash } from 'node:crypto';
import type { Asked } from '../alteration.ts';
import { ERROR_STATUSES } from '../errors.ts';
import { ANYTHING, flawlessAtOnce, succeed } from './answering.ts';
import type { Degenerate } from './degenerate.ts';

const SEEDS = [1, 2, 3, 4];

/** A throw that depends on nothing but the request, its number among its like, and the seed: runs do not differ by order. */
function pick(seed: number, { method, path, query, headers, before }: Asked, statuses: readonly number[]): number {
  const target = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*');
  const text = [seed, method, target, query, headers.authorization?.length, before].join(' ');
  return statuses[createHash('sha256').update(text).digest().readUInt32BE() % statuses.length] ?? 0;
}

/** Whether a request is the first to its list, by which a run finds out whether this is the API at all. */
function isGreeting({ operation = '', before }: Asked): boolean {
  return operation.startsWith('list') && before === 0;
}

/** Servers that answer by chance. */
export const DICE: Degenerate[] = SEEDS.flatMap(
  (seed) =>
    [
      {
        id: `dice-everything-${seed}`,
        does: 'answers any request with any documented status',
        answer: (answer, asked) => {
          if (isGreeting(asked)) return answer;
          const status = pick(seed, asked, [...ERROR_STATUSES, 200]);
          return status === 200 ? succeed({ ...ANYTHING, data: [ANYTHING] }) : flawlessAtOnce(status);
        },
      },
      {
        id: `dice-errors-${seed}`,
        does: 'does what it is asked, and refuses with any documented status',
        answer: (answer, asked) => (answer.status < 400 ? answer : flawlessAtOnce(pick(seed, asked, ERROR_STATUSES))),
      },
    ] satisfies Degenerate[],
);
