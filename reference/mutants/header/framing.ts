import type { RawAnswer } from '../../alteration.ts';
import { errorsAt, withHeader } from '../../altering.ts';
import { type Answer, toBytes } from '../../message-bytes.ts';
import type { Seeded } from '../mutant.ts';

/** Writes the bytes of the errors of one status; HEAD is answered as usual where its answer has no body to be wrong about. */
function framed(
  status: number,
  id: string,
  breaks: string,
  trips: Seeded['trips'],
  write: (answer: Answer, method: string) => RawAnswer,
  toHead = false,
): Seeded {
  return {
    id: `header-${id}`,
    breaks: `${breaks} (${status})`,
    trips,
    ...errorsAt(
      { status },
      (answer, { method }) => write(answer, method),
      ({ method }) => toHead || method !== 'HEAD',
    ),
  };
}

/** An answer, closed by the server, and what it writes behind it. */
function followed(answer: Answer, method: string, after: string): RawAnswer {
  return { raw: Buffer.concat([toBytes(withHeader(answer, 'connection', 'close'), method), Buffer.from(after)]) };
}

function claiming(answer: Answer, more: number): Answer {
  return withHeader(answer, 'content-length', String(Buffer.byteLength(answer.body) + more));
}

function chunked(answer: Answer, body: string): RawAnswer {
  return { raw: toBytes({ ...withHeader(answer, 'transfer-encoding', 'chunked'), body }, '') };
}

function chunkOf({ body }: Answer): string {
  return `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`;
}

const SECOND = 'HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n';

/** Defects of where a message begins and ends. */
export const FRAMING: Seeded[] = [
  framed(
    404,
    'length-too-long',
    'more bytes announced than sent',
    ['message-complete', 'error-body-json'],
    (answer) => ({
      raw: toBytes(claiming({ ...answer, body: String(answer.body).slice(0, 8) }, 40), ''),
    }),
  ),
  framed(500, 'length-cut', 'the connection ends in the body', ['message-complete', 'error-body-json'], (answer) => ({
    raw: toBytes(answer, '').subarray(0, -5),
  })),
  framed(
    403,
    'length-too-short',
    'fewer bytes announced than sent',
    ['bytes-after-response', 'error-body-json'],
    (answer) => ({
      raw: toBytes(claiming(answer, -3), ''),
    }),
  ),
  framed(504, 'length-unlike', 'two lengths that differ', ['well-formed-message', 'meaning-504'], (answer) => ({
    raw: toBytes(withHeader(answer, 'content-length', '5', String(Buffer.byteLength(answer.body))), ''),
  })),
  framed(404, 'chunks-without-end', 'chunks without an end', ['message-complete'], (answer) =>
    chunked(answer, chunkOf(answer)),
  ),
  framed(
    501,
    'chunk-size-broken',
    'a chunk size that is no number',
    ['message-complete', 'error-body-json'],
    (answer) => chunked(answer, `zz\r\n${answer.body}\r\n0\r\n\r\n`),
  ),
  framed(
    404,
    'second-status-line',
    'a second status line behind the answer',
    ['bytes-after-response'],
    (answer, method) => followed(answer, method, SECOND),
    true,
  ),
  framed(
    401,
    'answered-twice',
    'the same answer twice',
    ['bytes-after-response'],
    (answer, method) => followed(answer, method, toBytes(answer, method).toString('latin1')),
    true,
  ),
  framed(422, 'stray-line', 'a line of a log behind the answer', ['bytes-after-response'], (answer, method) =>
    followed(answer, method, '[error] broken pipe\n'),
  ),
  {
    id: 'header-content-with-head',
    breaks: 'content in the answer to HEAD',
    trips: ['head-without-content'],
    ...errorsAt(
      { status: 404 },
      (answer) => ({ raw: toBytes(withHeader(answer, 'connection', 'close'), 'GET') }),
      ({ method }) => method === 'HEAD',
    ),
  },
  framed(404, 'no-http', 'no HTTP at all', ['well-formed-message', 'meaning-404'], () => ({ raw: 'NOT FOUND\r\n' })),
  framed(500, 'body-only', 'the body without a head', ['well-formed-message', 'meaning-500'], ({ body }) => ({
    raw: body,
  })),
  framed(400, 'status-of-two-digits', 'a status of two digits', ['well-formed-message', 'meaning-400'], (answer) => ({
    raw: toBytes(answer, '').toString('latin1').replace('HTTP/1.1 400', 'HTTP/1.1 40'),
  })),
  framed(504, 'nothing', 'the connection closed without an answer', ['meaning-504'], () => ({ raw: '' })),
  framed(403, 'reset', 'the connection reset in place of an answer', ['meaning-403'], () => ({
    raw: '',
    after: 'reset',
  })),
];
