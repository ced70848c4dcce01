import type { Variant } from './variant.ts';
import { type Writing, written } from './written.ts';

type Frame = NonNullable<Writing['frame']>;

const END = '\r\n';

/** Chunks of so many bytes (RFC 9112 §7.1); `size` writes the line that begins each. */
function chunked(length: number, size: (bytes: number) => string, trailers = '', coding = 'chunked'): Frame {
  return (body) => {
    const chunks: Buffer[] = [];
    for (let at = 0; at < body.length; at += length) {
      const data = body.subarray(at, at + length);
      chunks.push(Buffer.from(size(data.length) + END), data, Buffer.from(END));
    }
    chunks.push(Buffer.from(`${size(0)}${END}${trailers}${END}`));
    return { headers: [['transfer-encoding', coding]], body: Buffer.concat(chunks) };
  };
}

const hex = (bytes: number) => bytes.toString(16);

/** Ends with the connection (RFC 9112 §6.3, rule 8). */
const untilClose: Frame = (body) => ({ headers: [], body });

/** Chunk extensions with and without values, a quoted one among them, and sizes with zeros before them. */
const extended = (bytes: number) => `00${hex(bytes).toUpperCase()};last=no;mark="a;b, \\"c\\"";plain`;

/** Unusual ways of saying where an answer ends. */
export const FRAMING: Variant[] = [
  { id: 'chunked-once', differs: 'one chunk', answer: written({ frame: chunked(1 << 20, hex) }) },
  { id: 'chunked-bytes', differs: 'a chunk for each byte', answer: written({ frame: chunked(1, hex) }) },
  {
    id: 'chunked-extended',
    differs: 'chunk extensions and trailers',
    answer: written({
      frame: chunked(16, extended, `Digest-Later: abc${END}Server-Timing: db;dur=1${END}`, 'Chunked'),
    }),
  },
  { id: 'until-close', differs: 'an end that only the close tells', answer: written({ frame: untilClose }) },
  { id: 'http-1-0', differs: 'HTTP/1.0 answers', answer: written({ version: '1.0', frame: untilClose }) },
  { id: 'http-1-0-length', differs: 'HTTP/1.0 answers with a length', answer: written({ version: '1.0' }) },
  {
    id: 'head-with-length',
    differs: 'HEAD is told the length of what GET gets',
    // Every body is filled up to the same length, because nobody knows here what GET would get.
    answer: (answer, asked) =>
      written({ frame: (body) => ({ headers: [['content-length', '16384']], body: fill(body, 16_384) }) })(
        answer,
        asked,
      ),
  },
  {
    id: 'head-without-length',
    differs: 'HEAD is told no length',
    answer: (answer, asked) => (asked.method === 'HEAD' ? written({ frame: untilClose })(answer, asked) : answer),
  },
  {
    id: 'small-writes',
    differs: 'seven bytes at a time',
    answer: written({ piece: 7 }),
  },
  {
    id: 'small-writes-chunked',
    differs: 'a chunk for each byte, seven bytes at a time',
    answer: written({ frame: chunked(3, hex), piece: 7 }),
  },
  // RFC 9112 §9.6 has the server close after `Connection: close`; many linger before they do.
  { id: 'kept-open', differs: 'the connection stays open', answer: written({ after: 'stay' }) },
];

function fill(body: Buffer, length: number): Buffer {
  return Buffer.concat([body, Buffer.alloc(Math.max(0, length - body.length), ' ')]);
}
