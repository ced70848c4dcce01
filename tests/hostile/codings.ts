import { brotliCompressSync, gzipSync } from 'node:zlib';
import { withHeader } from '../../reference/altering.ts';
import { atErrors, type Hostile } from './hostile.ts';

/** The bodies of errors under a content coding. */
function coded(coding: string, encode: (body: Buffer) => Buffer): ReturnType<typeof atErrors> {
  return atErrors((answer) => ({
    ...withHeader(answer, 'content-encoding', coding),
    body: encode(Buffer.from(answer.body)),
  }));
}

const UNDECODABLE = { fault: 'theirs', checks: ['content-decodable', 'error-body-json'] } as const;
const TOO_LONG = { fault: 'theirs', checks: ['error-body-json'] } as const;

/** 1 GB of zeros in 1 MB: members stand one behind the other (RFC 1952 §2.2). */
const BOMB = Buffer.concat(Array(64).fill(gzipSync(Buffer.alloc(16 * 1024 * 1024), { level: 9 })));

const BROTLI_BOMB = brotliCompressSync(Buffer.alloc(64 * 1024 * 1024));

/** Servers whose bodies are not compressed as they say, or unfold without bound. */
export const CODINGS: Hostile[] = [
  { id: 'gzip-bomb', does: 'sends 1 GB of zeros, gzipped', ...TOO_LONG, ...coded('gzip', () => BOMB) },
  {
    id: 'gzip-bomb-twice',
    does: 'sends 1 GB of zeros, gzipped twice',
    ...TOO_LONG,
    ...coded('gzip, gzip', () => gzipSync(BOMB)),
  },
  {
    id: 'brotli-bomb',
    does: 'sends 64 MB of zeros in a hundred bytes',
    ...TOO_LONG,
    ...coded('br', () => BROTLI_BOMB),
  },
  {
    id: 'gzip-twice-said-once',
    does: 'compresses twice and says so once',
    fault: 'theirs',
    checks: ['error-body-json'],
    ...coded('gzip', (body) => gzipSync(gzipSync(body))),
  },
  {
    id: 'gzip-twice',
    does: 'compresses twice and says so',
    fault: 'nobody',
    ...coded('gzip, gzip', (body) => gzipSync(gzipSync(body))),
  },
  { id: 'gzip-not-at-all', does: 'says gzip and sends it plain', ...UNDECODABLE, ...coded('gzip', (body) => body) },
  {
    id: 'gzip-truncated',
    does: 'sends half of what it compressed',
    ...UNDECODABLE,
    ...coded('gzip', (body) => gzipSync(body).subarray(0, -12)),
  },
  {
    id: 'gzip-corrupt',
    does: 'sends a compressed body with a wrong checksum',
    ...UNDECODABLE,
    ...coded('gzip', (body) => {
      const whole = gzipSync(body);
      whole.writeUInt32LE(1, whole.length - 8);
      return whole;
    }),
  },
  { id: 'coding-unknown', does: 'uses a content coding of its own', ...UNDECODABLE, ...coded('rot13', (body) => body) },
  {
    id: 'coding-attack',
    does: 'names a content coding of a kilobyte with escapes and markup',
    ...UNDECODABLE,
    ...coded(`\u00ad<script>alert(1)</script>${'x'.repeat(1000)}`, (body) => body),
  },
  {
    id: 'codings-many',
    does: 'names a thousand content codings',
    ...UNDECODABLE,
    ...coded(Array(1000).fill('gzip').join(','), (body) => body),
  },
];
