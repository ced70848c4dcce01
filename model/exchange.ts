/**
 * A request as data and what came back. Secrets never stand here: a request names them by placeholder, and `exchange/`
 * redacts what comes back before anyone else sees it.
 */

/**
 * A request as data. Header values and the target may hold placeholders such as `{{token}}`, which only `exchange/` replaces:
 * `{{token}}`, `{{adminToken}}`, `{{token:changed}}` (one byte changed), and, also in the body, a target profile's
 * `{{secretPassword}}`.
 */
export type RequestSpec = {
  method: string;
  /** Path and query, percent-encoded as it shall go out, relative to the base URL: `/sinks?x=%zz`. */
  target: string;
  /** Set where the target is below another path than the base URL's: how that ends, and what stands there in its place. */
  server?: { from: string; to: string };
  /**
   * In order; a name may stand twice. `Host`, `User-Agent`, `Content-Length` and `Connection` are added when sent, each only
   * when it does not stand here. Like the target, characters up to U+00FF go out as one byte each, others as UTF-8.
   */
  headers: [name: string, value: string][];
  /** Text is sent as UTF-8; `base64` holds bytes that are no valid text. */
  body?: { text: string } | { base64: string };
};

/** How the end of a response body was known (RFC 9112 §6.3). */
export type Framing = 'content-length' | 'chunked' | 'close' | 'none';

/** A response as received, redacted. */
export type ResponseRecord = {
  status: number;
  reason: string;
  httpVersion: string;
  /** In order and in the letter case received; a name may stand twice. One character is one byte (Latin-1). */
  headers: [name: string, value: string][];
  /** The content after transfer and content decoding, as text; bytes that are not UTF-8 become U+FFFD. */
  body: string;
  /** Length of the content in bytes; when it was cut, as far as it was counted. */
  bodyBytes: number;
  /** The first bytes of the content, when it is not valid UTF-8 or begins with a byte order mark. */
  bodyBase64?: string;
  validUtf8: boolean;
  framing: Framing;
  /** False when the connection or the deadline ended before the message did; a message we cut ourselves is `truncated`. */
  complete: boolean;
  /** Set when the content was longer than the client takes; `body` holds the first part. */
  truncated: boolean;
  /** Statuses of interim (1xx) answers that came first. */
  interim: number[];
  /** What the server wrote behind the complete response, as text; empty when nothing came. */
  bytesAfter: string;
  /** Why the content could not be decoded (unknown or wrong Content-Encoding); absent when it could. */
  decodeError?: string;
};

/**
 * Why no (complete, well-formed) response came:
 * - `unreachable`: no connection (refused, no such host, TLS); the request was never delivered;
 * - `timeout`: connected, but no complete response within the deadline;
 * - `closed`: the connection was reset or closed before a response;
 * - `malformed`: bytes came that are not an HTTP response;
 * - `held`: it was kept back: by the gate (`runner/gate.ts`), `EHELD` when it aims at what is not this run's, `ENOTFREE` when what it
 *   aims at may be somebody's; `ELATE` when the fault that it is about is known to be too slow (`runner/lateness.ts`).
 */
export type TransportFailure = {
  kind: 'unreachable' | 'timeout' | 'closed' | 'malformed' | 'held';
  /** The system's or parser's code, such as `ECONNREFUSED`. */
  code: string;
  message: string;
  /** The first raw bytes that came, as text, when any did. */
  received?: string;
};

/** One request as sent and what came back; exactly one of `response` and `failure` is set. */
export type Exchange = {
  request: RequestSpec;
  /** Absolute URL, without secrets. */
  url: string;
  response?: ResponseRecord;
  failure?: TransportFailure;
  /**
   * What was found in the response and removed, and where: a secret by its placeholder name (`token`, `token:changed`), the
   * base URL's password as `userinfo`, a configured header as `headerXName`, a target profile's as `secretXName`, and what has the shape of anyone's secret as `looks-like-jwt`, `-aws-key`,
   * `-stripe-key`, `-private-key` or `-bearer`. Bytes that are no response count as body.
   */
  echoed: { secret: string; where: 'header' | 'body' | 'after' }[];
  /** Milliseconds from the first byte sent (from the start, when never connected) to the end of the response or the wait. */
  ms: number;
};

/** Whether an exchange was answered by a success. */
export function isSuccess({ response }: Pick<Exchange, 'response'>): boolean {
  return response !== undefined && response.status >= 200 && response.status <= 299;
}

/** Whether a request never got to the target: nothing can have been answered wrongly then. */
export function isUndelivered({ failure }: Exchange): boolean {
  return failure?.kind === 'unreachable' || failure?.kind === 'held';
}

/** Whether the connection was broken off in place of an answer, where that is as good. */
export function isBrokenOff({ mayBreakOff }: { mayBreakOff?: true }, { failure }: Exchange): boolean {
  return mayBreakOff === true && failure?.kind === 'closed';
}
