import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Operation } from '../schemas/contract.ts';
import type { OpenAccount } from './accounts.ts';
import type { Authenticate, Caller } from './authentication.ts';
import { type Answer, withLength } from './message-bytes.ts';
import type { Handler } from './operations/call.ts';
import type { Bucket } from './rate-limit.ts';
import type { ParseBody } from './request-body.ts';
import type { CheckBody } from './validation/check-body.ts';

/** The parts of a reference that an alteration may replace; handlers are by operation id. */
export type Parts = {
  authenticate: Authenticate;
  buckets: Record<Caller, Bucket>;
  openAccount: OpenAccount;
  parseBody: ParseBody;
  check: CheckBody;
  handlers: Record<string, Handler>;
};

/** The request that an answer is for. */
export type Asked = {
  method: string;
  /** Below the prefix, without the query. */
  path: string;
  query: string;
  /** Id of the operation that has this path; HEAD counts as GET. Undefined where no route is. */
  operation?: string;
  headers: IncomingMessage['headers'];
  /** How many requests with this method, target and credential came before. */
  before: number;
};

/** Bytes written as they are, in pieces of so many bytes when told; the connection is then closed, reset or left open. */
export type RawAnswer = { raw: string | Buffer; piece?: number; after?: 'close' | 'reset' | 'stay' };

/** Has the connection to itself: writes whatever it likes for as long as it likes, and ends it or does not. */
type Takeover = { takeOver: (socket: Socket) => void };

/** What an answer may become. */
export type Altered = Answer | RawAnswer | Takeover;

/** What makes a reference behave otherwise than it should, or only otherwise than it usually does. */
export type Alteration = {
  /** Changes a request before anything looks at it. */
  request?: (request: IncomingMessage) => void;
  /** Replaces parts. */
  parts?: (parts: Parts) => Partial<Parts>;
  /** Changes an answer, whoever gives it. */
  answer?: (answer: Answer, asked: Asked) => Altered | Promise<Altered>;
};

/** A request as it came, before an alteration changed it. */
type Arrived = { method: string; target: string; headers: IncomingMessage['headers'] };

/** Changes the answer to a request. */
export type Alter = (answer: Answer, arrived: Arrived) => Promise<Altered>;

/** Prepares the answer hook of an alteration for a set of operations below a prefix; undefined when it has none. */
export function prepareAlter(
  { answer }: Alteration,
  operations: readonly Operation[],
  prefix: string,
): Alter | undefined {
  if (answer === undefined) return undefined;
  const seen = new Map<string, number>();
  const routes = operations.map(({ id, method, path }) => ({
    id,
    method,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  }));
  return async (given, { method, target, headers }) => {
    const [path = '', query = ''] = (target.startsWith(prefix) ? target.slice(prefix.length) : target).split('?', 2);
    const key = [method, target, headers.authorization].join(' ');
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    const routed = method === 'HEAD' ? 'GET' : method;
    const operation = routes.find((route) => route.method === routed && route.pattern.test(path))?.id;
    return answer(given, { method, path, query, headers, before, ...(operation !== undefined && { operation }) });
  };
}

/** A response class for Node's server that hands each answer to `alter` and writes what comes back. */
export function alteredResponse(alter: Alter): typeof ServerResponse {
  class AlteredResponse extends ServerResponse {
    #status = 200;
    #headers: Answer['headers'] = [];
    readonly #arrived: Arrived;

    constructor(...given: ConstructorParameters<typeof ServerResponse>) {
      super(...given);
      const { method = '', url = '', headers } = this.req;
      this.#arrived = { method, target: url, headers: { ...headers } };
    }

    // The reference gives status and headers in one call and the whole body in another; nothing here streams.
    override writeHead(status: number, headers?: unknown): this {
      this.#status = status;
      this.#headers = Object.entries((headers ?? {}) as Record<string, string | number>)
        .filter(([name]) => name.toLowerCase() !== 'content-length')
        .map(([name, value]) => [name, String(value)]);
      return this;
    }

    override end(body?: unknown): this {
      const given: Answer = {
        status: this.#status,
        headers: this.#headers,
        body: Buffer.isBuffer(body) || typeof body === 'string' ? body : '',
      };
      void alter(given, this.#arrived).then((altered) => this.#write(altered));
      return this;
    }

    #write(altered: Altered): void {
      const socket = this.req.socket;
      if ('takeOver' in altered) return void altered.takeOver(socket);
      if ('raw' in altered) {
        if (altered.piece !== undefined) return void writeInPieces(socket, Buffer.from(altered.raw), altered.piece);
        if (altered.after === 'reset') socket.write(altered.raw, () => socket.resetAndDestroy());
        else if (altered.after === 'stay') socket.write(altered.raw);
        else socket.end(altered.raw);
        return;
      }
      super.writeHead(altered.status, withLength(altered).flat());
      super.end(altered.body);
    }
  }
  return AlteredResponse as typeof ServerResponse;
}

/** Writes one piece a turn, so that each arrives by itself, and then closes. */
async function writeInPieces(socket: Socket, bytes: Buffer, size: number): Promise<void> {
  for (let at = 0; at < bytes.length; at += size) {
    socket.write(bytes.subarray(at, at + size));
    await nextTurn();
  }
  socket.end();
}
