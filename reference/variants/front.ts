import type { IncomingMessage } from 'node:http';
import { flawless } from '../altering.ts';
import { ApiError } from '../errors.ts';
import type { Answer } from '../message-bytes.ts';
import { createBucket } from '../rate-limit.ts';
import { rawHeaderValues } from '../request-line.ts';
import type { Variant } from './variant.ts';

/** Carries an answer from where it is given to where it is written. */
const MARK = 'x-front';

/** A server that something stands in front of, which answers some requests itself, so that nothing is done about them; `start` is for each start. */
function behind(start: () => (request: IncomingMessage) => Answer | undefined): Pick<Variant, 'parts' | 'answer'> {
  return {
    parts: ({ authenticate }) => {
      const answerItself = start();
      return {
        authenticate: (request) => {
          const own = answerItself(request);
          if (own) throw new ApiError(400, undefined, { headers: { [MARK]: JSON.stringify(own) } });
          return authenticate(request);
        },
      };
    },
    answer: (answer) => {
      const own = answer.headers.find(([name]) => name === MARK);
      return own ? (JSON.parse(own[1]) as Answer) : answer;
    },
  };
}

function saying(status: number, body: string, headers: Answer['headers'] = []): Answer {
  const type = body.startsWith('{') ? 'application/json' : 'text/plain; charset=utf-8';
  return { status, headers: [['content-type', type], ['connection', 'close'], ...headers], body };
}

/** A deployment, during which everything is answered 503: it begins amid the run, and takes half a second. */
function deployment(id: string, differs: string, body: string, headers: Answer['headers'] = []): Variant {
  return {
    id: `deployment-${id}`,
    differs: `503 for half a second, ${differs}`,
    ...behind(() => {
      let count = 0;
      let begun = Number.POSITIVE_INFINITY;
      return () => {
        count += 1;
        if (count === 60) begun = performance.now();
        return count >= 60 && performance.now() - begun < 500 ? saying(503, body, headers) : undefined;
      };
    }),
  };
}

/** What a server in front of the API answers by itself, now and then or to odd requests only. */
export const FRONT: Variant[] = [
  deployment('json', 'in JSON of a gateway', '{"message":"failure to get a peer from the ring-balancer"}'),
  deployment(
    'text',
    'in plain text',
    'upstream connect error or disconnect/reset before headers. reset reason: overflow',
  ),
  deployment('announced', 'which Retry-After announces', '{"message":"Service Unavailable"}', [['retry-after', '1']]),
  {
    id: 'limit-unavailable',
    differs: '503 without Retry-After for more than two hundred requests a second, as nginx has it',
    ...behind(() => {
      const bucket = createBucket({ capacity: 30, perSecond: 200 }, () => performance.now());
      return () => (bucket.take() > 0 ? saying(503, '503 Service Temporarily Unavailable\n') : undefined);
    }),
  },
  {
    id: 'limit-now-and-then',
    differs: '429 for each eightieth request',
    ...behind(() => {
      let count = 0;
      return () => {
        count += 1;
        return count % 80 === 0 ? flawless(429) : undefined;
      };
    }),
  },
  {
    id: 'front-two-tokens',
    differs: 'two Authorization headers are answered 400 in plain text, by what stands in front',
    ...behind(
      () => (request) =>
        rawHeaderValues(request, 'authorization').length > 1 ? saying(400, '400 Bad Request') : undefined,
    ),
  },
  {
    id: 'front-targets',
    differs: 'targets with broken percent-encodings or NUL are answered 400 in plain text, by what stands in front',
    answer: (answer, { path, query }) =>
      /%(?![0-9a-f]{2})|%00/i.test(path + query) ? saying(400, '400 Bad Request') : answer,
  },
];
