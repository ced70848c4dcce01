import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { COMMON_HEADERS } from './answer-headers.ts';
import type { Authenticate, Caller } from './authentication.ts';
import { ApiError, errorBody, toApiError } from './errors.ts';
import { FAULT_HEADER, readFault } from './fault-switch.ts';
import { createHttpServer, type MessageHooks, type Refusals, type Timeouts } from './http-server.ts';
import type { Bucket } from './rate-limit.ts';
import { answerClientError, type Exchanges } from './raw-answers.ts';
import { readBody } from './request-body.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set by authentication. */
    caller: Caller;
    /** Whether this request took a token of the caller's bucket. */
    charged: boolean;
  }
}

/** What the application needs to answer a request before any operation runs. */
export type ApplicationContext = {
  authenticate: Authenticate;
  buckets: Record<Caller, Bucket>;
  timeouts: Timeouts;
  /** Hears of errors that are not the client's. */
  log: (error: unknown) => void;
  /** What an alteration does to messages. */
  hooks?: MessageHooks;
};

// A request refused before any work gives its token back; a lookup (403, 404) and a failure are work.
const REFUNDED = new Set([400, 401, 422]);

/** A Fastify application in which every error, Fastify's own included, is an answer of the contract; it has no routes. */
export function createApplication({
  authenticate,
  buckets,
  timeouts,
  log,
  hooks = {},
}: ApplicationContext): FastifyInstance {
  const exchanges: Exchanges = new WeakMap();
  const refusals: Refusals = new WeakMap();
  const app = fastify({
    serverFactory: (handle) => createHttpServer(handle, exchanges, refusals, timeouts, hooks),
    clientErrorHandler: (error, socket) => answerClientError(error, socket, exchanges, hooks.alter),
    exposeHeadRoutes: false, // The routes take HEAD themselves.
    forceCloseConnections: true,
    return503OnClosing: false, // 503 is none of the published statuses.
    routerOptions: { maxParamLength: 65_536 }, // The size of all headers ends first, and that is a 400.
    // What the router itself refuses; `findMalformedRequest` leaves it nothing that is known of.
    frameworkErrors: (error, _request, reply) => sendError(reply as unknown as FastifyReply, toApiError(error)),
  });
  app.decorateRequest('caller', 'ordinary');
  app.decorateRequest('charged', false);
  app.removeAllContentTypeParsers();
  // Whether a body is wanted, and of which type, is the operation's business.
  app.addContentTypeParser('*', (_request, payload, done) => readBody(payload, done));

  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(COMMON_HEADERS);
    try {
      admit(request);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
  app.setErrorHandler((thrown, request, reply) => {
    const error = toApiError(thrown);
    if (error.status >= 500) log(thrown);
    if (request.charged && REFUNDED.has(error.status)) buckets[request.caller].refund();
    sendError(reply, error);
  });
  app.setNotFoundHandler(() => {
    throw new ApiError(404);
  });
  return app;

  /** The steps before the body is read, in their order: target, route, token, fault switch, rate limit. */
  function admit(request: FastifyRequest): void {
    const refusal = refusals.get(request.raw);
    if (refusal !== undefined) throw new ApiError(400, refusal);
    if (request.is404) throw new ApiError(404, 'There is no such route.');
    request.caller = authenticate(request.raw);
    const fault = readFault(request.headers[FAULT_HEADER]);
    if (fault !== undefined) throw fault;
    const waitSeconds = buckets[request.caller].take();
    if (waitSeconds > 0) throw new ApiError(429, undefined, { headers: { 'retry-after': String(waitSeconds) } });
    request.charged = true;
  }
}

function sendError(reply: FastifyReply, error: ApiError): void {
  void reply.code(error.status).headers(COMMON_HEADERS).headers(error.headers).send(errorBody(error));
}
