import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { withHeader } from '../altering.ts';
import type { Variant } from './variant.ts';

/** A variant that encodes its bodies, whether anybody asked for it or not: who names no coding takes any (RFC 9110 §12.5.3). */
function coded(id: string, label: string, ...codings: ((body: Buffer) => Buffer)[]): Variant {
  return {
    id: `coded-${id}`,
    differs: `bodies in the content coding ${label}`,
    answer: (answer) => {
      if (answer.body.length === 0) return answer;
      const body = codings.reduce<Buffer>((bytes, encode) => encode(bytes), Buffer.from(answer.body));
      return withHeader({ ...answer, body }, 'content-encoding', label);
    },
  };
}

/** Encoded bodies. */
export const CODING: Variant[] = [
  coded('gzip', 'gzip', (body) => gzipSync(body)),
  coded('x-gzip', 'X-GZip', (body) => gzipSync(body)),
  coded('deflate', 'deflate', (body) => deflateSync(body)),
  coded('brotli', 'br', (body) => brotliCompressSync(body)),
  coded(
    'twice',
    'deflate, gzip',
    (body) => deflateSync(body),
    (body) => gzipSync(body),
  ),
  coded('identity', 'identity'),
];
