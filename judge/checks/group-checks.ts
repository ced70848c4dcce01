import type { Exchange } from '../../model/exchange.ts';
import { decodeLoosely } from '../../model/percent.ts';
import { maskVolatile } from '../volatile.ts';
import type { GroupCheck, GroupMember } from './check.ts';

/** What must be alike in two answers: status and text, without what changes from request to request. */
function likeness(exchange: Exchange): string {
  const { response, failure } = exchange;
  if (!response) return `no answer (${failure?.kind ?? 'none'})`;
  return `${response.status} ${maskVolatile(withoutTarget(exchange, response.body))}`;
}

/** An answer may name what it was asked for: its path, or the object at the end of it. */
function withoutTarget({ request }: Exchange, body: string): string {
  const path = request.target.split('?')[0] ?? '';
  const name = path.slice(path.lastIndexOf('/') + 1);
  const own = [path, decodeLoosely(path), name, decodeLoosely(name)].filter((text) => text.length > 3);
  return own.reduce((text, each) => text.replaceAll(each, '<target>'), body);
}

function statusOf(exchange: Exchange): string {
  return exchange.response ? String(exchange.response.status) : `no answer (${exchange.failure?.kind ?? 'none'})`;
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
      const repeats = members.flatMap((member, index) => {
        const first = members.find((each) => member.repeatOf !== undefined && each.id === member.repeatOf);
        return first ? [{ first, second: member, index }] : [];
      });
      if (repeats.length === 0) return undefined;
      return repeats
        .filter(({ first, second }) => likeness(first.exchange) !== likeness(second.exchange))
        .map(({ first, second, index }) => ({
          member: index,
          message: `the same request was answered in two ways: ${difference(first.exchange, second.exchange)}`,
        }));
    },
  },
  {
    id: 'existence-hidden',
    clause: 'existence-hidden',
    judge(members) {
      const pairs = new Map<string, GroupMember[]>();
      for (const member of members)
        if (member.pair) pairs.set(member.pair, [...(pairs.get(member.pair) ?? []), member]);
      const complete = [...pairs.values()].filter((pair) => pair.length === 2);
      if (complete.length === 0) return undefined;
      return complete.flatMap(([one, other]) => {
        if (!one || !other || likeness(one.exchange) === likeness(other.exchange)) return [];
        const message = `an object that exists and one that does not are answered differently: ${difference(one.exchange, other.exchange)}`;
        return [{ member: members.indexOf(other), message }];
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
