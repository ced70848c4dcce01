import { type Exchange, isSuccess } from '../../model/exchange.ts';
import { findUnstable, isAlike, learnVolatile, pairUp, type Twice } from '../learned.ts';
import { readSaid, statusOf } from '../said.ts';
import type { GroupCheck, GroupMember } from './check.ts';

/** A case that was sent twice, as what its two answers say; `index` is the second's place among the members. */
type Repeated = { first: GroupMember; second: GroupMember; index: number; twice: Twice };

function repeatedOf(members: GroupMember[]): Repeated[] {
  return members.flatMap((second, index) => {
    const first = members.find((each) => each.repeatOf === undefined && each.id === second.repeatOf);
    if (!first) return [];
    return [{ first, second, index, twice: pairUp(readSaid(first.exchange), readSaid(second.exchange)) }];
  });
}

function difference(first: Exchange, second: Exchange): string {
  const [one, other] = [statusOf(first), statusOf(second)];
  return one === other ? `both are ${one}, with different bodies` : `${one} and ${other}`;
}

/** The checks that need more than one exchange of a cell. */
export const groupChecks: GroupCheck[] = [
  {
    id: 'stable-answer',
    clause: 'stable-answer',
    judge(members) {
      // What ought to be refused and is not is told elsewhere; a list grows meanwhile.
      const repeated = repeatedOf(members).filter(
        ({ first, second }) => !isSuccess(first.exchange) || !isSuccess(second.exchange),
      );
      if (repeated.length === 0) return undefined;
      return findUnstable(repeated).map(({ first, second, index }) => ({
        member: index,
        message: `the same request was answered in two ways: ${difference(first.exchange, second.exchange)}`,
      }));
    },
  },
  {
    id: 'existence-hidden',
    clause: 'existence-hidden',
    judge(members) {
      const repeated = repeatedOf(members);
      const pairs = new Map<string, Repeated[]>();
      for (const each of repeated) {
        const { pair } = each.first;
        if (pair !== undefined) pairs.set(pair, [...(pairs.get(pair) ?? []), each]);
      }
      // What was sent once only teaches nothing about what changes by itself.
      const complete = [...pairs.values()].filter((pair) => pair.length === 2);
      if (complete.length === 0) return undefined;
      const learned = learnVolatile(repeated.map(({ twice }) => twice));
      return complete.flatMap(([one, other]) => {
        if (!one || !other) return [];
        // Of a server that changes its mind anyway, no two answers need to differ by what exists.
        const [mine, theirs] = [one.twice, other.twice].map(({ first, second }) => [first, second]);
        if (mine?.some((each) => theirs?.some((its) => isAlike(each, its, learned)))) return [];
        const message = `an object that exists and one that does not are answered differently: ${difference(one.first.exchange, other.first.exchange)}`;
        return [{ member: members.indexOf(other.first), message }];
      });
    },
  },
  {
    id: 'retry-after-honoured',
    clause: 'retry-after-honoured',
    judge(members) {
      const waited = members.flatMap((member, index) => (member.waitedMs === undefined ? [] : [{ member, index }]));
      if (waited.length === 0) return undefined;
      return waited
        .filter(({ member }) => member.exchange.response?.status === 429)
        .map(({ member, index }) => ({
          member: index,
          message: `still 429 after the announced wait of ${Math.round((member.waitedMs ?? 0) / 1000)} s`,
        }));
    },
  },
];
