import type { Exchange, RequestSpec } from '../engine/exchange.ts';
import { capture } from './capture.ts';
import { createPace } from './pace.ts';
import { createRedaction } from './redact.ts';
import { parseBase, writeRequest } from './request-bytes.ts';
import { createSlots } from './slots.ts';
import { exchangeBytes } from './wire.ts';

/** How to reach the API. Times in milliseconds, sizes in bytes. */
export type ClientOptions = {
  /** `http(s)://host[:port][/prefix]`; a trailing slash does not matter, userinfo is redacted and not sent. */
  baseUrl: string;
  /** Values of the placeholders, by name: `token`, `adminToken`. */
  secrets: Record<string, string>;
  /** Deadline of one exchange from opening the connection; waiting for a free slot does not count. */
  timeoutMs: number;
  /** Most exchanges at a time. */
  concurrency: number;
  /** Most exchanges begun in a second; no bound unless told. */
  maxRps?: number;
  userAgent?: string;
  /** Bound of the body, before and after content decoding; 1 MiB unless told. */
  maxBodyBytes?: number;
  /** Bound of all header blocks of one answer; 64 KiB unless told. */
  maxHeaderBytes?: number;
  /** How long to wait for the server's close behind a complete response; 25 unless told. */
  lingerMs?: number;
};

/** Sends requests, each on a connection of its own. */
export type Client = {
  /** Rejects only for our own mistakes (an unknown placeholder); every transport failure is a value in the exchange. */
  send(request: RequestSpec, options?: { timeoutMs?: number }): Promise<Exchange>;
  /** Exchanges begun so far. */
  sent(): number;
};

/** Makes a client; throws an Error when the base URL or the concurrency is of no use. */
export function createClient(options: ClientOptions): Client {
  const { secrets, timeoutMs, userAgent = 'error-contract-conformance', maxBodyBytes = 1024 * 1024 } = options;
  const { maxHeaderBytes = 64 * 1024, lingerMs = 25 } = options;
  const base = parseBase(options.baseUrl);
  const slots = createSlots(options.concurrency);
  const pace = options.maxRps === undefined ? undefined : createPace(options.maxRps);
  const newRedactor = createRedaction({ ...base.credentials, ...secrets });
  let sent = 0;

  async function send(request: RequestSpec, own: { timeoutMs?: number } = {}): Promise<Exchange> {
    const bytes = writeRequest(request, base, secrets, userAgent);
    // Methods are case-sensitive (RFC 9110 §9.1): `head` is not HEAD.
    const toHead = request.method === 'HEAD';
    await slots.take();
    try {
      await pace?.();
      sent += 1;
      const limits = { timeoutMs: own.timeoutMs ?? timeoutMs, lingerMs, maxHeaderBytes, maxBodyBytes };
      const wire = await exchangeBytes(base, bytes, toHead, limits);
      const redactor = newRedactor();
      const outcome = await capture(wire, toHead, maxBodyBytes, redactor);
      const url = `${base.origin}${base.prefix}${request.target}`;
      return { request, url, ...outcome, echoed: redactor.echoed(), ms: wire.ms };
    } finally {
      slots.give();
    }
  }

  return { send, sent: () => sent };
}
