import { breakConnections, refuse, refuseMidway, serve } from './fronts.ts';
import { atErrors, FEW, type Hostile } from './hostile.ts';
import { bytes, closing, drip, headOf } from './writing.ts';

const LIST = JSON.stringify({ data: [{ id: 'b0000000-0000-4000-8000-000000000001', name: 'anything' }] });

/** Servers that do not hold a connection as they should. */
export const CONNECTIONS: Hostile[] = [
  {
    id: 'refuses',
    does: 'refuses every connection',
    fault: 'network',
    says: 'cannot be reached',
    front: refuse,
  },
  {
    id: 'refuses-midway',
    does: 'refuses every connection once the first request without a token came',
    fault: 'network',
    reason: 'the target could not be reached',
    front: refuseMidway,
  },
  {
    id: 'resets-every-connection',
    does: 'resets each connection as soon as it stands',
    fault: 'network',
    // Sometimes before it is known here that it stands.
    says: 'ECONNRESET',
    front: breakConnections,
  },
  {
    id: 'resets-before',
    does: 'resets the connection in place of an answer',
    fault: 'theirs',
    failure: 'closed',
    ...atErrors(() => bytes('', 'reset')),
  },
  {
    id: 'resets-in-head',
    does: 'resets the connection in the middle of a header',
    fault: 'theirs',
    failure: 'closed',
    ...atErrors((answer) => bytes(closing(answer).subarray(0, 40), 'reset')),
  },
  {
    id: 'resets-in-body',
    does: 'resets the connection in the middle of the body',
    fault: 'theirs',
    checks: ['message-complete', 'error-body-json'],
    ...atErrors((answer) => bytes(closing(answer).subarray(0, -9), 'reset')),
  },
  {
    id: 'resets-after',
    does: 'resets the connection behind a complete answer',
    fault: 'nobody',
    ...atErrors((answer) => ({
      takeOver: (socket) => {
        socket.write(closing(answer), () => setTimeout(() => socket.resetAndDestroy(), 10));
      },
    })),
  },
  {
    id: 'closes-before',
    does: 'closes the connection in place of an answer',
    fault: 'theirs',
    failure: 'closed',
    ...atErrors(() => bytes('')),
  },
  {
    id: 'closes-in-head',
    does: 'closes the connection in the middle of a header',
    fault: 'theirs',
    failure: 'closed',
    ...atErrors((answer) => bytes(closing(answer).subarray(0, 40))),
  },
  {
    id: 'never-answers',
    does: 'accepts everything and answers nothing',
    fault: 'network',
    says: 'gives no answer',
    timeoutMs: 500,
    front: () => serve((socket) => void socket.resume()),
  },
  {
    id: 'never-answers-errors',
    does: 'keeps the connection and answers nothing where an error is due',
    fault: 'theirs',
    failure: 'timeout',
    timeoutMs: 1000,
    ...atErrors(() => bytes('', 'stay'), FEW),
  },
  {
    id: 'byte-a-second-head',
    does: 'writes one byte a second',
    fault: 'theirs',
    failure: 'timeout',
    timeoutMs: 1500,
    ...atErrors((answer) => ({ takeOver: (socket) => void drip(socket, closing(answer), 1000) }), FEW),
  },
  {
    id: 'byte-a-second-body',
    does: 'writes the head at once and one byte of the body a second',
    fault: 'theirs',
    checks: ['message-complete', 'error-body-json'],
    timeoutMs: 1500,
    ...atErrors((answer) => {
      const body = Buffer.from(answer.body);
      return {
        takeOver: (socket) => {
          socket.write(headOf(answer, `Content-Length: ${body.length}\r\n`));
          void drip(socket, body, 1000);
        },
      };
    }, FEW),
  },
  {
    id: 'never-closes',
    does: 'keeps the connection open behind a body that ends with it',
    fault: 'theirs',
    checks: ['message-complete'],
    timeoutMs: 1000,
    ...atErrors((answer) => bytes(`${headOf(answer)}${String(answer.body)}`, 'stay'), FEW),
  },
  {
    id: 'answers-before-reading',
    does: 'answers as soon as the connection stands, whatever will be asked, and closes without reading',
    fault: 'theirs',
    besides: 'ours',
    front: () =>
      serve((socket) => {
        socket.pause();
        socket.write(
          `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${LIST.length}\r\n\r\n${LIST}`,
        );
        setTimeout(() => socket.destroy(), 20);
      }),
  },
  {
    id: 'answers-twice',
    does: 'writes two complete answers',
    fault: 'theirs',
    checks: ['bytes-after-response'],
    ...atErrors((answer) => bytes(Buffer.concat([closing(answer), closing(answer)]))),
  },
  {
    id: 'stray-bytes',
    does: 'writes stray bytes behind the answer',
    fault: 'theirs',
    checks: ['bytes-after-response'],
    ...atErrors((answer) => bytes(Buffer.concat([closing(answer), Buffer.from('\u0000\u0001garbage')]))),
  },
  {
    id: 'stray-megabytes',
    does: 'writes megabytes behind the answer',
    fault: 'theirs',
    checks: ['bytes-after-response'],
    ...atErrors((answer) => bytes(Buffer.concat([closing(answer), Buffer.alloc(5_000_000, 'x')]))),
  },
];
