import { withHeader } from '../../reference/altering.ts';
import { atErrors, FEW, type Hostile } from './hostile.ts';
import { bytes, closing, endless, headOf } from './writing.ts';

/** An answer whose header lines say this of its length, with its body as `write` makes it. */
function framed(lines: string, write: (body: string) => string = (body) => body): ReturnType<typeof atErrors> {
  return atErrors((answer) => bytes(headOf(answer, lines) + write(String(answer.body))));
}

const CHUNKED = 'Transfer-Encoding: chunked\r\n';
const CUT = ['message-complete', 'error-body-json'];
const MALFORMED = { fault: 'theirs', failure: 'malformed', checks: ['well-formed-message'] } as const;

const chunk = (body: string) => `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`;

/** Servers that are wrong about where an answer ends, or give it no end. */
export const FRAMINGS: Hostile[] = [
  {
    id: 'length-too-long',
    does: 'announces more than it sends',
    fault: 'theirs',
    checks: ['message-complete'],
    ...atErrors((answer) => bytes(closing(withHeader(answer, 'content-length', '5000')))),
  },
  {
    id: 'length-too-long-stays',
    does: 'announces more than it sends and keeps the connection',
    fault: 'theirs',
    checks: ['message-complete'],
    timeoutMs: 1000,
    ...atErrors((answer) => bytes(closing(withHeader(answer, 'content-length', '5000')), 'stay'), FEW),
  },
  {
    id: 'length-too-short',
    does: 'announces less than it sends',
    fault: 'theirs',
    checks: ['bytes-after-response', 'error-body-json'],
    ...atErrors((answer) => bytes(closing(withHeader(answer, 'content-length', '5')))),
  },
  { id: 'length-negative', does: 'announces -1 bytes', ...MALFORMED, ...framed('Content-Length: -1\r\n') },
  { id: 'length-no-number', does: 'announces 1e3 bytes', ...MALFORMED, ...framed('Content-Length: 1e3\r\n') },
  {
    id: 'length-astronomic',
    does: 'announces more bytes than fit into a number',
    ...MALFORMED,
    ...framed(`Content-Length: ${'9'.repeat(30)}\r\n`),
  },
  {
    id: 'lengths-that-differ',
    does: 'announces two lengths',
    ...MALFORMED,
    ...framed('Content-Length: 5\r\nContent-Length: 50\r\n'),
  },
  {
    id: 'length-beside-chunks',
    does: 'announces a length and sends chunks',
    ...MALFORMED,
    ...framed(`Content-Length: 5\r\n${CHUNKED}`, (body) => `${chunk(body)}0\r\n\r\n`),
  },
  {
    id: 'chunk-truncated',
    does: 'closes the connection in the middle of a chunk',
    fault: 'theirs',
    checks: CUT,
    ...framed(CHUNKED, (body) => chunk(body).slice(0, -9)),
  },
  {
    id: 'chunk-last-missing',
    does: 'closes the connection before the last chunk',
    fault: 'theirs',
    checks: ['message-complete'],
    ...framed(CHUNKED, chunk),
  },
  {
    id: 'chunk-size-garbage',
    does: 'writes a chunk size that is none',
    fault: 'theirs',
    checks: CUT,
    ...framed(CHUNKED, (body) => `zz\r\n${body}\r\n0\r\n\r\n`),
  },
  {
    id: 'chunk-size-negative',
    does: 'writes a negative chunk size',
    fault: 'theirs',
    checks: CUT,
    ...framed(CHUNKED, (body) => `-1\r\n${body}\r\n0\r\n\r\n`),
  },
  {
    id: 'chunk-size-astronomic',
    does: 'writes a chunk size of 2⁶⁸',
    fault: 'theirs',
    checks: CUT,
    ...framed(CHUNKED, (body) => `f${'f'.repeat(16)}\r\n${body}\r\n0\r\n\r\n`),
  },
  {
    id: 'chunk-longer-than-said',
    does: 'sends more in a chunk than its size says',
    fault: 'theirs',
    checks: CUT,
    ...framed(CHUNKED, (body) => `5\r\n${body}\r\n0\r\n\r\n`),
  },
  {
    id: 'chunks-of-one-byte',
    does: 'sends a megabyte of spaces in chunks of one byte, without end',
    fault: 'theirs',
    checks: ['error-body-json'],
    ...atErrors((answer) => endless(headOf(answer, CHUNKED), '1\r\n \r\n'.repeat(5000))),
  },
  {
    id: 'chunk-extension-endless',
    does: 'writes a chunk extension without end',
    fault: 'theirs',
    checks: ['error-body-json'],
    ...atErrors((answer) => endless(`${headOf(answer, CHUNKED)}5;`, 'extension;'.repeat(2000))),
  },
  {
    id: 'trailers-endless',
    does: 'writes trailers without end',
    fault: 'theirs',
    ...atErrors((answer) =>
      endless(`${headOf(answer, CHUNKED)}${chunk(String(answer.body))}0\r\n`, 'X-Trailer: more\r\n'.repeat(1000)),
    ),
  },
  {
    id: 'body-endless',
    does: 'sends a body without end',
    fault: 'theirs',
    checks: ['error-body-json'],
    ...atErrors((answer) => endless(headOf(answer), 'x'.repeat(65_536))),
  },
  {
    id: 'body-endless-chunked',
    does: 'sends chunks without end',
    fault: 'theirs',
    checks: ['error-body-json'],
    ...atErrors((answer) => endless(headOf(answer, CHUNKED), chunk('x'.repeat(65_536)))),
  },
  {
    id: 'body-endless-json',
    does: 'sends the right body with spaces behind it, without end',
    fault: 'theirs',
    checks: ['error-body-json'],
    ...atErrors((answer) => endless(`${headOf(answer)}${String(answer.body)}`, ' '.repeat(65_536))),
  },
];
