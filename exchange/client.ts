import type { Exchange, RequestSpec } from '../model/exchange.ts';
import { nameSecret } from '../schemas/name-secret.ts';
import { capture } from './capture.ts';
import type { Way } from './connect.ts';
import type { Pace } from './pace.ts';
import { fillFresh } from './placeholders.ts';
import { createRedaction, type Redactor } from './redact.ts';
import { parseBase, targetOf, writeRequest } from './request-bytes.ts';
import { createSlots } from './slots.ts';
import { exchangeBytes } from './wire.ts';

/** How to reach the API. Times in milliseconds, sizes in bytes. */
export type ClientOptions = {
  /** `http(s)://host[:port][/prefix][?query]`; the query goes with every request, a trailing slash does not matter, userinfo is redacted and not sent. */
  baseUrl: string;
  /** Values of the placeholders, by name: `token`, `adminToken`. */
  secrets: Record<string, string>;
  /** Deadline of one exchange from opening the connection; waiting for a free slot does not count. */
  timeoutMs: number;
  /** Most exchanges at a time. */
  concurrency: number;
  /** How fast exchanges may begin; no bound unless told. */
  pace?: Pace;
  /** Whom to trust, as whom to appear, and through which proxy to go; directly and as Node does unless told. */
  way?: Way;
  /** Sent with every request behind its own headers, `{{uuid}}` in them as a new one each time; what is recorded names their values as placeholders, `header…`. */
  headers?: Record<string, string>;
  /** What is looked for in answers; nothing unless told. */
  watch?: Watch;
  userAgent?: string;
  /** Bound of the body, before and after content decoding; 1 MiB unless told. */
  maxBodyBytes?: number;
  /** Bound of all header blocks of one answer; 64 KiB unless told. */
  maxHeaderBytes?: number;
  /** How long to wait for the server's close behind a complete response; 25 unless told. */
  lingerMs?: number;
};

/** What finds secrets in an answer, and for which of them, by name, the API may be blamed. */
export type Watch = { newRedactor: () => Redactor; isBlamed: (secret: string) => boolean };

const NOTHING: Watch = { newRedactor: createRedaction({}), isBlamed: () => true };

/**
 * `isUrgent` says that more depends on the answer: the request goes out before all others that wait for a slot. `turn` is asked once it
 * has one, and the request goes out when that resolves. What waits for any of it when `signal` is aborted never goes out, and rejects with
 * the signal's reason; an exchange that has begun goes on.
 */
export type SendOptions = {
  timeoutMs?: number;
  isUrgent?: boolean;
  turn?: (signal?: AbortSignal) => Promise<void>;
  signal?: AbortSignal;
};

/** Sends requests, each on a connection of its own. */
export type Client = {
  /** Rejects only for our own mistakes (an unknown placeholder), or when told to stop; every transport failure is a value in the exchange. */
  send(request: RequestSpec, options?: SendOptions): Promise<Exchange>;
  /** Exchanges begun so far. */
  sent(): number;
};

/** Makes a client; throws an Error when the base URL or the concurrency is of no use. */
export function createClient(options: ClientOptions): Client {
  const { timeoutMs, way = {}, userAgent = 'error-contract-conformance', maxBodyBytes = 1024 * 1024 } = options;
  const { maxHeaderBytes = 64 * 1024, lingerMs = 25, watch = NOTHING } = options;
  const extra = Object.entries(options.headers ?? {});
  const ofHeaders = () =>
    Object.fromEntries(extra.map(([name, value]) => [nameSecret('header', name), fillFresh(value)]));
  const base = parseBase(options.baseUrl);
  const slots = createSlots(options.concurrency);
  // Answers are read one after the other: reading is all work and no waiting, and a bomb takes much memory while it unfolds.
  const desk = createSlots(1);
  let sent = 0;

  async function send(asked: RequestSpec, own: SendOptions = {}): Promise<Exchange> {
    const request = withHeaders(asked, extra);
    const bytes = writeRequest(request, base, { ...options.secrets, ...ofHeaders() }, userAgent);
    // Methods are case-sensitive (RFC 9110 §9.1): `head` is not HEAD.
    const toHead = request.method === 'HEAD';
    await slots.take(own.isUrgent);
    try {
      own.signal?.throwIfAborted();
      await own.turn?.(own.signal);
      await options.pace?.(own.signal);
      own.signal?.throwIfAborted();
      sent += 1;
      const limits = { timeoutMs: own.timeoutMs ?? timeoutMs, lingerMs, maxHeaderBytes, maxBodyBytes };
      const wire = await exchangeBytes(base, way, bytes, toHead, limits);
      const watcher = watch.newRedactor();
      await desk.take();
      const outcome = await capture(wire, toHead, maxBodyBytes, watcher).finally(desk.give);
      const url = `${base.origin}${targetOf(request, base)}`;
      return {
        request,
        url,
        ...outcome,
        echoed: watcher.echoed().filter(({ secret }) => watch.isBlamed(secret)),
        ms: wire.ms,
      };
    } finally {
      slots.give();
    }
  }

  return { send, sent: () => sent };
}

function withHeaders(request: RequestSpec, extra: [string, string][]): RequestSpec {
  if (extra.length === 0) return request;
  const given = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const added = extra.filter(([name]) => !given.has(name.toLowerCase()));
  const headers = added.map(([name]): [string, string] => [name, `{{${nameSecret('header', name)}}}`]);
  return { ...request, headers: [...request.headers, ...headers] };
}
