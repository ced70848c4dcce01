import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, TLSSocket } from 'node:tls';
import { makeAuthority, type Pair } from '../exchange/certificates.ts';
import { listen, relay, type serve } from './fronts.ts';
import { atErrors, type Front, type Hostile } from './hostile.ts';
import { bytes, closing, headOf } from './writing.ts';

type Certificates = ReturnType<typeof makeAuthority>;

let made: Certificates | undefined;

/** Made once, since each is a process of its own. */
function certificates(): Certificates {
  if (made) return made;
  const folder = mkdtempSync(join(tmpdir(), 'tls-test-'));
  try {
    made = makeAuthority(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return made;
}

/** TLS before the reference, with this certificate. Once `turns` says so of a request, the next connections get the other one. */
function secured(choose: (all: Certificates) => Pair, later?: { turns: RegExp; choose: typeof choose }) {
  return async (target: string): Promise<Front> => {
    const { port } = new URL(target);
    const server = createServer(choose(certificates()));
    const { url, close } = await listen((socket) => void server.emit('connection', socket));
    server.on('tlsClientError', () => {});
    server.on('secureConnection', (secure) => {
      secure.once('data', (head) => {
        if (later?.turns.test(head.toString('latin1')) === false) server.setSecureContext(later.choose(certificates()));
        relay(secure, connect(Number(port), '127.0.0.1'), head);
      });
    });
    return { ...reached(url), close };
  };
}

/** As `secured`, but the connection below TLS ends without a word where the reference's does. */
async function torn(target: string): Promise<Front> {
  const { port } = new URL(target);
  const { url, close } = await listen((socket) => {
    const secure = new TLSSocket(socket, { isServer: true, ...certificates().server });
    const upstream = connect(Number(port), '127.0.0.1');
    secure.on('error', () => {}).pipe(upstream);
    upstream.on('error', () => {}).on('data', (chunk) => secure.write(chunk));
    upstream.on('end', () => setTimeout(() => socket.destroy(), 20));
    socket.on('close', () => upstream.destroy());
  });
  return { ...reached(url), close };
}

function reached(url: string): Pick<Front, 'url' | 'way'> {
  const secure = url.replace('http://127.0.0.1', 'https://localhost');
  return { url: `${secure}/api`, way: { trust: { ca: certificates().authority.cert } } };
}

/** A server that is reached by https and does no more than this on a connection. */
function bare(handle: Parameters<typeof serve>[0]) {
  return async (): Promise<Front> => {
    const { url, close } = await listen(handle);
    return { ...reached(url), close };
  };
}

const UNREACHABLE = { fault: 'network', says: 'cannot be reached' } as const;

/** Servers that cannot be trusted, or break a secure connection. */
export const TLS: Hostile[] = [
  {
    id: 'tls-expired',
    does: 'has an expired certificate',
    ...UNREACHABLE,
    says: 'cannot be reached: certificate has expired',
    front: secured(({ expired }) => expired),
  },
  {
    id: 'tls-self-signed',
    does: 'has a certificate that nobody has signed',
    ...UNREACHABLE,
    says: 'cannot be reached: self-signed certificate',
    front: async (target) => ({ ...(await secured(({ authority }) => authority)(target)), way: {} }),
  },
  {
    id: 'tls-wrong-name',
    does: 'has a certificate for another name',
    ...UNREACHABLE,
    says: 'cannot be reached: Hostname/IP does not match',
    front: secured(({ misnamed }) => misnamed),
  },
  {
    id: 'tls-unknown-authority',
    does: 'has a certificate of an authority that is not trusted',
    ...UNREACHABLE,
    says: 'cannot be reached: unable to verify',
    front: async (target) => ({ ...(await secured(({ server }) => server)(target)), way: {} }),
  },
  {
    id: 'tls-expires-midway',
    does: 'turns to an expired certificate once the first request without a token came',
    fault: 'network',
    reason: 'certificate has expired',
    front: secured(({ server }) => server, { turns: /^authorization:/im, choose: ({ expired }) => expired }),
  },
  {
    id: 'tls-plain',
    does: 'speaks plain HTTP where TLS is due',
    ...UNREACHABLE,
    front: bare((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
  },
  {
    id: 'tls-garbage',
    does: 'answers the handshake with garbage without end',
    ...UNREACHABLE,
    front: bare((socket) => void socket.write(Buffer.alloc(5_000_000, 0x16))),
  },
  {
    id: 'tls-closed-in-handshake',
    does: 'closes the connection in the handshake',
    ...UNREACHABLE,
    front: bare((socket) => void socket.once('data', () => socket.destroy())),
  },
  {
    id: 'tls-silent',
    does: 'never answers the handshake',
    ...UNREACHABLE,
    timeoutMs: 500,
    front: bare((socket) => void socket.resume()),
  },
  {
    id: 'tls-closed-in-body',
    does: 'closes a secure connection in the middle of a body',
    fault: 'theirs',
    checks: ['message-complete', 'error-body-json'],
    front: torn,
    ...atErrors((answer) => bytes(closing(answer).subarray(0, -9))),
  },
  {
    id: 'tls-torn-in-body',
    does: 'tears a secure connection in a body that ends with it',
    fault: 'theirs',
    checks: ['error-body-json'],
    front: torn,
    ...atErrors((answer) => bytes(`${headOf(answer)}${String(answer.body).slice(0, -9)}`)),
  },
];
