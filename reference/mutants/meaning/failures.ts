import { errorsAt, withHeader } from '../../altering.ts';
import { ApiError } from '../../errors.ts';
import type { Bucket } from '../../rate-limit.ts';
import { createStore, type Store } from '../../store.ts';
import type { Seeded } from '../mutant.ts';
import { handling, type Rewire } from './rewire.ts';

/** How long the limit lasts after each request that it refuses, in milliseconds: less than the suite waits between two looks. */
const LASTING_MS = 450;

/** Opens the accounts that cannot be opened in another way. */
function opening(status: number, instead: () => Store): Rewire {
  return ({ openAccount }) => ({
    openAccount: async (name) => {
      try {
        return await openAccount(name);
      } catch (error) {
        if ((error instanceof ApiError ? error.status : 500) !== status) throw error;
        return instead();
      }
    },
  });
}

/** A defect of one status at the accounts that fail for a reason of their own. */
function misjudged(status: number, id: string, breaks: string, instead: () => Store): Seeded {
  const parts = opening(status, instead);
  return { id: `meaning-${status}-${id}`, breaks, where: { status }, trips: [`meaning-${status}`], parts };
}

function crash(): never {
  throw new Error('Nobody expected this.');
}

/** Answers in another way where an operation has an error of this status. */
function misanswering(operation: string, status: number, instead: () => unknown): Rewire {
  return handling(operation, async (call, own) => {
    try {
      return await own(call);
    } catch (error) {
      if (error instanceof ApiError && error.status === status) return instead();
      throw error;
    }
  });
}

/** Every request that the limit refuses makes it last. It is reached once, so that the run can clean up behind itself. */
function lasting({ take, refund }: Bucket): Bucket {
  let until: number | undefined;
  return {
    take: () => {
      const now = performance.now();
      if (until !== undefined && now >= until) return 0;
      const wait = until === undefined ? take() : 1;
      if (wait > 0) until = now + LASTING_MS;
      return wait;
    },
    refund,
  };
}

/** Defects of errors that are not the client's, and of the rate limit. */
export const FAILURES: Seeded[] = [
  misjudged(500, 'as-empty', 'an account that is damaged is taken for an empty one', createStore),
  misjudged(501, 'as-500', 'an account of an unknown format is answered 500', crash),
  misjudged(504, 'as-500', 'a storage node that does not answer is answered 500', crash),
  {
    id: 'meaning-504-unanswered',
    breaks: 'the connection is closed when a storage node does not answer',
    trips: ['meaning-504'],
    ...errorsAt({ status: 504 }, () => ({ raw: '' })),
  },
  {
    id: 'meaning-504-as-success',
    breaks: 'a database that does not answer is a successful test with a bad result',
    where: { operation: 'testPostgresConnection', status: 504 },
    trips: ['meaning-504'],
    parts: misanswering('testPostgresConnection', 504, () => ({ success: false })),
  },
  {
    id: 'meaning-422-refused-fails',
    breaks: 'a database that refuses the connection is answered 500',
    where: { operation: 'refreshPostgresTables', status: 422 },
    trips: ['meaning-422'],
    parts: misanswering('refreshPostgresTables', 422, crash),
  },
  {
    id: 'meaning-422-in-use-fails',
    breaks: 'removing a database that a sink uses is answered 500',
    where: { operation: 'deletePostgresDatabase', status: 422 },
    trips: ['meaning-422'],
    parts: misanswering('deletePostgresDatabase', 422, crash),
  },
  {
    id: 'meaning-429-lasts',
    breaks: 'the limit lasts longer than announced',
    trips: ['retry-after-honoured'],
    load: true,
    parts: ({ buckets }) => ({ buckets: { ...buckets, ordinary: lasting(buckets.ordinary) } }),
    ...errorsAt({ status: 429 }, (answer) => withHeader(answer, 'retry-after', '0')),
  },
];
