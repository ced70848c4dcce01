import { createServer, type RequestListener, type Server } from 'node:http';
import { type Alter, type Alteration, alteredResponse } from './alteration.ts';
import { type Exchanges, endWithBadRequest, writeBadRequest } from './raw-answers.ts';
import { findMalformedRequest } from './request-line.ts';

/** How long a client may take to send a request, in milliseconds. */
export type Timeouts = { request: number; keepAlive: number };

/** Why requests must be refused before they are routed; the first hook of the application answers them. */
export type Refusals = WeakMap<object, string>;

/** What an alteration does at the level of HTTP messages. */
export type MessageHooks = { request?: Alteration['request'] | undefined; alter?: Alter | undefined };

/** A Node HTTP server on which no answer is left to Node: each is JSON and one of the nine statuses. */
export function createHttpServer(
  handle: RequestListener,
  exchanges: Exchanges,
  refusals: Refusals,
  timeouts: Timeouts,
  hooks: MessageHooks = {},
): Server {
  const options = {
    ...(hooks.alter && { ServerResponse: alteredResponse(hooks.alter) }),
    // Node's own answer to a missing Host has no body; `findMalformedRequest` sees to it instead.
    requireHostHeader: false,
    headersTimeout: timeouts.request,
    requestTimeout: timeouts.request,
    connectionsCheckingInterval: Math.min(1_000, timeouts.request),
    keepAliveTimeout: timeouts.keepAlive,
  };
  const server = createServer(options, (request, response) => {
    exchanges.set(request.socket, { request, response });
    hooks.request?.(request);
    const refusal = findMalformedRequest(request);
    if (refusal !== undefined) {
      // Through the router all the same, so that hooks see every answer; `/` has no route and is always valid.
      refusals.set(request, refusal);
      request.url = '/';
    }
    handle(request, response);
  });
  // RFC 9110 §10.1.1 has 417 for this; the contract has 400.
  server.on('checkExpectation', (request, response) => {
    exchanges.set(request.socket, { request, response });
    endWithBadRequest(response, 'The expectation cannot be met.');
  });
  // Node closes the connection of a CONNECT without a word if nobody listens.
  server.on('connect', (_request, socket) =>
    writeBadRequest(socket, 'This server is no proxy.', 'CONNECT', hooks.alter),
  );
  return server;
}
