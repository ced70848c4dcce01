import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type Hostile, respond } from '../hostile.ts';

const framed =
  (headers: string[], body?: (text: string) => string | Buffer): Hostile['answer'] =>
  (socket, original) =>
    socket.end(respond(original, body ? body(original.body) : original.body, headers));

const chunked = (body: (text: string) => string): Hostile['answer'] => framed(['Transfer-Encoding: chunked'], body);

const hex = (text: string) => Buffer.byteLength(text).toString(16);

/** 1 GB of zeros in a megabyte: a hundred gzip members of ten megabytes each (RFC 1952 §2.2). */
const BOMB = Buffer.concat(
  Array.from(
    { length: 100 },
    (
      (member) => () =>
        member
    )(gzipSync(Buffer.alloc(10_000_000))),
  ),
);

/** What goes wrong with where a message ends and how it is coded. */
export const FRAMING: Hostile[] = [
  {
    id: 'length-too-long',
    does: 'promises more bytes than it sends',
    blame: 'theirs',
    checks: ['message-complete'],
    answer: framed(['Content-Length: 5000']),
  },
  {
    id: 'length-too-short',
    does: 'sends more bytes than it promised',
    blame: 'theirs',
    checks: ['bytes-after-response'],
    answer: framed(['Content-Length: 5']),
  },
  {
    id: 'length-twice',
    does: 'has two lengths that differ',
    blame: 'theirs',
    answer: framed(['Content-Length: 5', 'Content-Length: 50']),
  },
  { id: 'length-negative', does: 'has a negative length', blame: 'theirs', answer: framed(['Content-Length: -1']) },
  {
    id: 'length-huge',
    does: 'promises nine petabytes',
    blame: 'theirs',
    answer: framed(['Content-Length: 9007199254740993']),
  },
  {
    id: 'length-and-chunked',
    does: 'has a length and chunks',
    blame: 'theirs',
    answer: framed(
      ['Content-Length: 5', 'Transfer-Encoding: chunked'],
      (text) => `${hex(text)}\r\n${text}\r\n0\r\n\r\n`,
    ),
  },
  {
    id: 'chunk-truncated',
    does: 'ends in the middle of a chunk',
    blame: 'theirs',
    checks: ['message-complete'],
    answer: chunked((text) => `ffff\r\n${text}`),
  },
  {
    id: 'chunk-size-bad',
    does: 'has a chunk size that is no number',
    blame: 'theirs',
    answer: chunked((text) => `zz\r\n${text}\r\n0\r\n\r\n`),
  },
  {
    id: 'chunk-size-huge',
    does: 'has a chunk size beyond all bounds',
    blame: 'theirs',
    answer: chunked((text) => `ffffffffffffffff\r\n${text}`),
  },
  {
    id: 'two-responses',
    does: 'sends two answers in one',
    blame: 'harmless',
    checks: ['bytes-after-response'],
    answer: (socket, original) =>
      socket.end(Buffer.concat([respond(original, original.body), respond(original, original.body, [], '200 OK')])),
  },
  {
    id: 'stray-bytes',
    does: 'writes stray bytes behind its answer',
    blame: 'harmless',
    checks: ['bytes-after-response'],
    answer: (socket, original) =>
      socket.end(Buffer.concat([respond(original, original.body), Buffer.from('HTTP/1.1 200 OK\r\n\r\n')])),
  },
  {
    id: 'gzip-bomb',
    does: 'sends 1 GB of zeros in a megabyte of gzip',
    blame: 'theirs',
    answer: framed(['Content-Encoding: gzip'], () => BOMB),
  },
  {
    id: 'gzip-garbage',
    does: 'says gzip and sends none',
    blame: 'theirs',
    checks: ['content-decodable'],
    answer: framed(['Content-Encoding: gzip']),
  },
  {
    id: 'coded-twice',
    does: 'compresses twice',
    blame: 'harmless',
    answer: framed(['Content-Encoding: gzip, br'], (text) => brotliCompressSync(gzipSync(text))),
  },
  {
    id: 'coded-ten-times',
    does: 'compresses ten times',
    blame: 'theirs',
    answer: framed([`Content-Encoding: ${Array(10).fill('gzip').join(', ')}`], (text) =>
      Array(10)
        .fill(0)
        .reduce<Buffer>((bytes) => gzipSync(bytes), Buffer.from(text)),
    ),
  },
  {
    id: 'coding-unknown',
    does: 'uses a content coding that nobody knows',
    blame: 'theirs',
    checks: ['content-decodable'],
    answer: framed(['Content-Encoding: rot13']),
  },
];
