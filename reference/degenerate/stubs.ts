import type { Asked } from '../alteration.ts';
import { ERROR_STATUSES } from '../errors.ts';
import type { Answer } from '../message-bytes.ts';
import type { Call } from '../operations/call.ts';
import { KINDS, removeItem } from '../store.ts';
import { ANYTHING, flawlessAtOnce, succeed } from './answering.ts';
import type { Degenerate } from './degenerate.ts';

const isListed = ({ status }: Answer, { method, operation = '' }: Asked) =>
  method === 'GET' && operation.startsWith('list') && status === 200;

/** Removes what an operation made. */
function forget({ store }: Call, made: unknown): unknown {
  for (const kind of KINDS) {
    const item = store[kind].byId.get((made as { id: string }).id);
    if (item) removeItem(store, kind, item);
  }
  return made;
}

/** Servers that are not finished. */
export const STUBS: Degenerate[] = [
  ...ERROR_STATUSES.map((status) => ({
    id: `lists-or-${status}`,
    does: `has its lists, and a flawless ${status} for everything else`,
    never: ERROR_STATUSES.filter((each) => each !== status),
    answer: ((answer, asked) =>
      isListed(answer, asked) ? answer : flawlessAtOnce(status)) satisfies Degenerate['answer'],
  })),
  {
    id: 'keeps-nothing',
    does: 'forgets every object as soon as it is made',
    never: [404],
    parts: ({ handlers }) => ({
      handlers: Object.fromEntries(
        Object.entries(handlers).map(([operation, own]) => [
          operation,
          operation.startsWith('create') ? (call) => forget(call, own(call)) : own,
        ]),
      ),
    }),
  },
  {
    id: 'finds-everything',
    does: 'finds something under every path',
    never: [404],
    answer: (answer) => (answer.status === 404 ? succeed(ANYTHING) : answer),
  },
  {
    id: 'validates-nothing',
    does: 'takes every body',
    never: [422],
    answer: (answer) => (answer.status === 422 ? succeed(ANYTHING) : answer),
  },
  {
    id: 'fails-always',
    does: 'answers every request that has a good token with 500, but for the lists',
    never: [400, 403, 404, 422, 501, 504],
    answer: (answer, asked) => (isListed(answer, asked) || answer.status === 401 ? answer : flawlessAtOnce(500)),
  },
];
