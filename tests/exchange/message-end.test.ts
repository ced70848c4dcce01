import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, startWalk, type Walk } from '../../exchange/message-end.ts';
import { parseResponse } from '../../exchange/parse-response.ts';

const BOUNDS = { maxHeaderBytes: 1000, maxBodyBytes: 100 };

/** Walks over `text` in pieces of `size` bytes; `used` counts those that belong to the message. */
function walkOver(text: string, { toHead = false, size = 1000 } = {}): Walk & { used: number } {
  const walk = startWalk(toHead, BOUNDS);
  const bytes = Buffer.from(text, 'latin1');
  let used = 0;
  for (let at = 0; at < bytes.length; at += size) used += advance(walk, bytes.subarray(at, at + size));
  return { ...walk, used };
}

const OK = 'HTTP/1.1 200 OK\r\n';
const STRAY = 'HTTP/1.1 400 Bad Request\r\n\r\n';

describe('where a message ends', () => {
  test.each([
    ['Content-Length', `${OK}Content-Length: 3\r\n\r\nabc`, 'content-length', {}],
    ['Content-Length 0', `${OK}content-length:0\r\n\r\n`, 'content-length', {}],
    ['chunked', `${OK}Transfer-Encoding: chunked\r\n\r\n3;x=1\r\nabc\r\n0\r\nT: 1\r\n\r\n`, 'chunked', {}],
    ['two codings', `${OK}Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 'chunked', {}],
    ['HEAD', `${OK}Content-Length: 3\r\n\r\n`, 'none', { toHead: true }],
    ['204', 'HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\n', 'none', {}],
    ['304', 'HTTP/1.1 304 Not Modified\r\n\r\n', 'none', {}],
    ['101', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', 'none', {}],
    [
      'interim first',
      `HTTP/1.1 103 Early\r\nContent-Length: 9\r\n\r\n${OK}Content-Length: 1\r\n\r\na`,
      'content-length',
      {},
    ],
    ['empty lines first', `\r\n\r\n${OK}Content-Length: 1\r\n\r\na`, 'content-length', {}],
  ])('%s', (_name, message, framing, options) => {
    for (const size of [1, 2, 7, 1000]) {
      const { phase, framing: found, used } = walkOver(message + STRAY, { ...options, size });
      expect({ phase, found, used }).toEqual({ phase: 'done', found: framing, used: message.length });
    }
  });

  test.each([
    ['no framing', `${OK}\r\nabc`, 'until-close'],
    ['coding that is not chunked', `${OK}Transfer-Encoding: gzip\r\n\r\nabc`, 'until-close'],
    ['interim only', 'HTTP/1.1 100 Continue\r\n\r\n', 'start'],
    ['short body', `${OK}Content-Length: 4\r\n\r\nabc`, 'body'],
    ['garbage', 'SSH-2.0', 'broken'],
    ['garbage in the status', 'HTTP/1.1 2x0 OK\r\n', 'broken'],
    ['a status below 100', 'HTTP/1.1 099 Odd\r\n', 'broken'],
    ['bad length', `${OK}Content-Length: -1\r\n\r\n`, 'broken'],
    ['two lengths', `${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, 'broken'],
    ['bad chunk size', `${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 'broken'],
    ['chunk too long for its size', `${OK}Transfer-Encoding: chunked\r\n\r\n1\r\nabc`, 'broken'],
    ['long header', `${OK}X: ${'x'.repeat(1000)}`, 'head-too-long'],
    ['many interim answers', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(100), 'head-too-long'],
    ['body at the bound', `${OK}Content-Length: 100\r\n\r\n${'x'.repeat(100)}`, 'done'],
    ['body beyond it', `${OK}Content-Length: 101\r\n\r\n${'x'.repeat(101)}`, 'cut'],
    ['endless body', `${OK}\r\n${'x'.repeat(101)}`, 'cut'],
    [
      'more around the content than content',
      `${OK}Transfer-Encoding: chunked\r\n\r\n${'1;x=1\r\na\r\n'.repeat(50)}1;${'x'.repeat(620)}`,
      'cut',
    ],
    ['endless chunk extension', `${OK}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(1200)}`, 'cut'],
  ])('%s', (_name, text, phase) => {
    for (const size of [1, 3, 5000]) expect(walkOver(text, { size }).phase).toBe(phase);
  });
});

test('the walk and the parser agree on every message, however it is split and whatever follows', async () => {
  const body = fc.string({ unit: fc.constantFrom('a', '\r', '\n', '0', 'H', ';'), maxLength: 40 });
  const message = fc.oneof(
    body.map((text) => ({ text, raw: `${OK}Content-Length: ${text.length}\r\n\r\n${text}` })),
    fc.array(body).map((parts) => {
      const chunks = parts.filter((part) => part !== '').slice(0, 2);
      const coded = chunks.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('');
      return { text: chunks.join(''), raw: `${OK}transfer-encoding: Chunked\r\n\r\n${coded}0\r\n\r\n` };
    }),
  );
  await fc.assert(
    fc.asyncProperty(message, body, fc.integer({ min: 1, max: 60 }), async ({ text, raw }, after, size) => {
      const walked = walkOver(raw + after, { size });
      expect(walked).toMatchObject({ phase: 'done', used: raw.length });
      const parsed = await parseResponse(Buffer.from(raw, 'latin1'), false);
      expect({ body: parsed.body.toString('latin1'), complete: parsed.complete }).toEqual({
        body: text,
        complete: true,
      });
    }),
    { numRuns: 300 },
  );
});
