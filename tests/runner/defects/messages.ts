import { setTimeout as sleep } from 'node:timers/promises';
import { type Back, perfect } from '../proxy.ts';
import { type Defect, headersOn, on } from './defect.ts';

const limited: Back = { ...perfect(429), headers: { ...perfect(429).headers, 'retry-after': '1' } };

/** Defects of the message. */
export const MESSAGES: Defect[] = [
  {
    title: 'no challenge on 401',
    expect: ['challenge-on-401'],
    rules: headersOn(401, { 'www-authenticate': undefined }),
  },
  {
    title: 'an empty challenge on 401',
    expect: ['challenge-on-401'],
    rules: headersOn(401, { 'www-authenticate': '' }),
  },
  {
    title: 'JSON labelled as text',
    expect: ['content-type-json'],
    rules: headersOn(404, { 'content-type': 'text/plain' }),
  },
  {
    title: 'no Content-Type',
    expect: ['content-type-present'],
    rules: headersOn(404, { 'content-type': undefined }),
  },
  {
    title: 'a header that may stand once stands twice',
    expect: ['single-field-lines'],
    rules: headersOn(404, { 'retry-after': ['1', '2'] }),
  },
  {
    title: 'labelled as compressed, and is not',
    expect: ['content-decodable', 'error-body-json'],
    rules: headersOn(404, { 'content-encoding': 'gzip' }),
  },
  {
    title: 'a second status line behind each error',
    expect: ['bytes-after-response'],
    rules: () => ({
      answer: (back, { method }) => {
        if (back.status < 400) return back;
        const body = method === 'HEAD' ? '' : String(back.body);
        const fields = { ...back.headers, 'content-length': String(back.body.length), connection: 'close' };
        const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
        const stray = 'HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n';
        return { ...back, raw: `HTTP/1.1 ${back.status} Error\r\n${head.join('')}\r\n${body}${stray}` };
      },
    }),
  },
  {
    title: 'fewer bytes than announced',
    expect: ['error-body-json', 'message-complete'],
    rules: on(404, (back, { method }) =>
      method === 'HEAD'
        ? back
        : { raw: 'HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"summ' },
    ),
  },
  {
    title: 'no HTTP at all where 404 is due',
    expect: ['meaning-404', 'well-formed-message'],
    rules: on(404, () => ({ raw: 'NOT FOUND\r\n' })),
  },
  {
    title: 'no answer at all where 404 is due',
    expect: ['meaning-404'],
    rules: on(404, () => ({ raw: '' })),
  },
  {
    title: 'no answer in time where 404 is due',
    expect: ['meaning-404'],
    timeoutMs: 400,
    rules: () => ({
      answer: async (back) => {
        if (back.status === 404) await sleep(600);
        return back;
      },
    }),
  },
  {
    title: 'a Retry-After that says nothing',
    expect: ['retry-after-syntax'],
    cells: ['getHttpEndpoint 429', 'listHttpEndpoints 429'],
    allow: ['read', 'load'],
    rules: headersOn(429, { 'retry-after': 'soon' }),
  },
  {
    title: 'a limit that is still there after the announced wait',
    expect: ['retry-after-honoured'],
    cells: ['getHttpEndpoint 429', 'listHttpEndpoints 429'],
    allow: ['read', 'load'],
    rules: () => {
      let liftedAt = Number.POSITIVE_INFINITY;
      return {
        request: (passing) =>
          liftedAt < Number.POSITIVE_INFINITY && Date.now() < liftedAt ? { answer: limited } : passing,
        answer: (back) => {
          if (back.status === 429 && liftedAt === Number.POSITIVE_INFINITY) liftedAt = Date.now() + 2500;
          return back;
        },
      };
    },
  },
];
