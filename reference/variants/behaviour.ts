import { setTimeout as sleep } from 'node:timers/promises';
import { errorsAt, flawless, withHeader } from '../altering.ts';
import { ApiError, invalid, unauthorized } from '../errors.ts';
import type { Bucket } from '../rate-limit.ts';
import { rawHeaderValues } from '../request-line.ts';
import type { Variant } from './variant.ts';

const UNMATCHED = { operation: 'unmatched-route' };

/** Whole seconds are all that a date can say: one more than is needed. */
function inTwoSeconds(): string {
  return new Date(Math.ceil(Date.now() / 1000 + 1) * 1000).toUTCString();
}

/** Lets so many requests pass in each second of the clock. */
function createWindow(most: number): Bucket {
  let second = 0;
  let count = 0;
  return {
    take: () => {
      const now = Math.floor(Date.now() / 1000);
      count = now === second ? count + 1 : 1;
      second = now;
      return count > most ? 1 : 0;
    },
    refund: () => {},
  };
}

/** Choices that the contract leaves to the server. */
export const BEHAVIOUR: Variant[] = [
  {
    id: 'slow',
    differs: 'every answer takes 30 ms',
    answer: async (answer) => {
      await sleep(30);
      return answer;
    },
  },
  {
    id: 'uneven',
    differs: 'of two answers to the same request the first is slower',
    answer: async (answer, { before }) => {
      await sleep(before % 2 === 0 ? 15 : 0);
      return answer;
    },
  },
  {
    id: 'retry-after-date',
    differs: 'Retry-After is a date',
    load: true,
    ...errorsAt({ status: 429 }, (answer) =>
      // Whole seconds are all that a date can say: one more than is needed, so that it never says too little.
      withHeader(answer, 'retry-after', new Date(Math.ceil(Date.now() / 1000 + 1) * 1000).toUTCString()),
    ),
  },
  {
    id: 'retry-after-asctime',
    differs: 'Retry-After is a date as asctime writes it',
    load: true,
    ...errorsAt({ status: 429 }, (answer) => {
      const [, day, month, year, time] = inTwoSeconds().split(' ');
      const weekday = inTwoSeconds().slice(0, 3);
      return withHeader(answer, 'retry-after', `${weekday} ${month} ${day?.replace(/^0/, ' ')} ${time} ${year}`);
    }),
  },
  {
    id: 'retry-after-minute',
    differs: 'Retry-After is a minute, which is more than is needed',
    load: true,
    ...errorsAt({ status: 429 }, (answer) => withHeader(answer, 'retry-after', '60')),
  },
  {
    id: 'retry-after-beside-date',
    differs: 'Retry-After is in seconds, and Date is that of a proxy whose clock is a day behind',
    load: true,
    answer: (answer) => withHeader(answer, 'date', new Date(Date.now() - 86_400_000).toUTCString()),
  },
  {
    id: 'limit-window',
    differs: 'so many requests in each second, counted from its beginning',
    load: true,
    parts: () => ({ buckets: { ordinary: createWindow(100), administrator: createWindow(100) } }),
  },
  ...[-3600, 3600].map(
    (shift): Variant => ({
      id: `retry-after-clock-${shift < 0 ? 'behind' : 'ahead'}`,
      differs: `Retry-After is a date of a clock that is an hour ${shift < 0 ? 'behind' : 'ahead'}`,
      load: true,
      ...errorsAt({ status: 429 }, (answer) => {
        const now = Math.ceil(Date.now() / 1000 + shift) * 1000;
        const dated = withHeader(answer, 'date', new Date(now).toUTCString());
        return withHeader(dated, 'retry-after', new Date(now + 1000).toUTCString());
      }),
    }),
  ),
  {
    id: 'two-tokens-malformed',
    differs: 'two Authorization headers are answered 400',
    parts: ({ authenticate }) => ({
      authenticate: (request) => {
        if (rawHeaderValues(request, 'authorization').length > 1) throw new ApiError(400);
        return authenticate(request);
      },
    }),
  },
  {
    id: 'no-token-said',
    differs: 'a missing token and a wrong one have different summaries',
    parts: ({ authenticate }) => ({
      authenticate: (request) => {
        const { headers } = unauthorized(false);
        if (request.headers.authorization === undefined) throw new ApiError(401, 'No token came.', { headers });
        return authenticate(request);
      },
    }),
  },
  {
    id: 'array-invalid',
    differs: 'a body that is no object is answered 422',
    parts: ({ parseBody }) => ({
      parseBody: (request, body, required) => {
        if (String(body) === '[]') throw invalid({ body: ['must be an object'] });
        return parseBody(request, body, required);
      },
    }),
  },
  { id: 'unmatched-400', differs: 'an unknown route is answered 400', ...errorsAt(UNMATCHED, () => flawless(400)) },
  { id: 'unmatched-401', differs: 'an unknown route is answered 401', ...errorsAt(UNMATCHED, () => flawless(401)) },
  { id: 'unmatched-403', differs: 'an unknown route is answered 403', ...errorsAt(UNMATCHED, () => flawless(403)) },
  { id: 'unmatched-422', differs: 'an unknown route is answered 422', ...errorsAt(UNMATCHED, () => flawless(422)) },
  {
    id: 'no-head',
    differs: 'HEAD is not supported, and answered 404',
    answer: (answer, { method }) => (method === 'HEAD' ? { ...flawless(404), body: '' } : answer),
  },
];
