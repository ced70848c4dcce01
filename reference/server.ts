import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Operation } from '../schemas/contract.ts';
import { readContract } from '../schemas/read-contract.ts';
import { createAccounts } from './accounts.ts';
import { type Alteration, type Parts, prepareAlter } from './alteration.ts';
import { createApplication } from './application.ts';
import { createAuthentication } from './authentication.ts';
import { createBucket, type RateLimit } from './rate-limit.ts';
import { parseBody } from './request-body.ts';
import { addRoutes, HANDLERS, PREFIX } from './routes.ts';
import { RESTRICTED_PATH, seedObjects } from './seeds.ts';
import { type Address, holdRefusingPort, startListeningUpstream, startSilentUpstream } from './upstreams.ts';
import { createBodyCheck } from './validation/check-body.ts';

/** How a reference can be started; everything has a default. */
export type ReferenceOptions = {
  /** The operations to serve; read from `schemas/` by default. */
  operations?: readonly Operation[];
  host?: string;
  /** 0 lets the system choose. */
  port?: number;
  token?: string;
  adminToken?: string;
  rateLimit?: RateLimit;
  /** How long to wait for storage nodes and databases, in milliseconds. */
  upstreamTimeoutMs?: number;
  /** A storage node that every request depends on, which `startStorageNode` starts; there is none by default. */
  storage?: Address;
  /** How long a client may take to send a request, in milliseconds. */
  requestTimeoutMs?: number;
  /** Clock of the rate limit, in milliseconds. */
  now?: () => number;
  /** Hears of errors that are not the client's; says nothing by default. */
  log?: (error: unknown) => void;
  /** Makes the reference behave otherwise: a seeded defect, a harmless variant. */
  alteration?: Alteration;
};

/** A running reference. */
export type Reference = {
  /** Base URL of the API. */
  url: string;
  /** Token of an ordinary client. */
  token: string;
  /** Token of an administrator. */
  adminToken: string;
  /** Path, relative to `url`, of an object that the ordinary token may not see. */
  restricted: string;
  close: () => Promise<void>;
};

/** Starts the reference API; rejects with the system's error when the port cannot be had. */
export async function startReference(options: ReferenceOptions = {}): Promise<Reference> {
  const { host = '127.0.0.1', port = 0, upstreamTimeoutMs = 100, requestTimeoutMs = 30_000 } = options;
  const {
    rateLimit = { capacity: 800, perSecond: 50 },
    now = () => performance.now(),
    log = () => {},
    alteration = {},
  } = options;
  const token = options.token ?? createToken('ref');
  const adminToken = options.adminToken ?? createToken('ref_admin');
  const operations = options.operations ?? readContract().operations;
  const silent = await startSilentUpstream();
  const [listening, refusing] = await Promise.all([startListeningUpstream(), holdRefusingPort(silent.address)]);
  const closeUpstreams = () => Promise.all([refusing, listening, silent].map((upstream) => upstream.close()));

  const addresses = { listening: listening.address, silent: silent.address, refusing: refusing.address };
  const node = { address: silent.address, timeoutMs: upstreamTimeoutMs };
  const own: Parts = {
    authenticate: createAuthentication({ ordinary: token, administrator: adminToken }),
    buckets: { ordinary: createBucket(rateLimit, now), administrator: createBucket(rateLimit, now) },
    openAccount: createAccounts(seedObjects(addresses), node, options.storage && { ...node, address: options.storage }),
    parseBody,
    check: createBodyCheck(operations),
    handlers: HANDLERS,
  };
  const parts = { ...own, ...alteration.parts?.(own) };
  const app = createApplication({
    authenticate: parts.authenticate,
    buckets: parts.buckets,
    timeouts: { request: requestTimeoutMs, keepAlive: 72_000 },
    log,
    hooks: { request: alteration.request, alter: prepareAlter(alteration, operations, PREFIX) },
  });
  addRoutes(app, operations, { ...parts, upstreamTimeoutMs });
  try {
    await app.listen({ host, port });
  } catch (error) {
    await closeUpstreams();
    throw error;
  }

  const authority = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${authority}:${(app.server.address() as AddressInfo).port}${PREFIX}`,
    token,
    adminToken,
    restricted: RESTRICTED_PATH,
    close: async () => {
      await app.close();
      await closeUpstreams();
    },
  };
}

function createToken(prefix: string): string {
  return `${prefix}_${randomBytes(16).toString('hex')}`;
}
