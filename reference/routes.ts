import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Operation } from '../schemas/contract.ts';
import type { OpenAccount } from './accounts.ts';
import { BACKFILL_HANDLERS } from './operations/backfills.ts';
import type { Handler } from './operations/call.ts';
import { HTTP_ENDPOINT_HANDLERS } from './operations/http-endpoints.ts';
import { POSTGRES_DATABASE_HANDLERS } from './operations/postgres-databases.ts';
import { SINK_HANDLERS } from './operations/sinks.ts';
import type { ParseBody } from './request-body.ts';
import type { CheckBody } from './validation/check-body.ts';

/** Where the API begins; the contract's paths come after it. */
export const PREFIX = '/api';

/** The header that selects the account a request works in. */
const ACCOUNT_HEADER = 'x-account';

/** The handlers of all operations, by operation id. */
export const HANDLERS: Record<string, Handler> = {
  ...SINK_HANDLERS,
  ...BACKFILL_HANDLERS,
  ...HTTP_ENDPOINT_HANDLERS,
  ...POSTGRES_DATABASE_HANDLERS,
};

/** What all routes share. */
export type RouteContext = {
  handlers: Record<string, Handler>;
  openAccount: OpenAccount;
  parseBody: ParseBody;
  check: CheckBody;
  upstreamTimeoutMs: number;
};

/** Adds a route for each operation of the contract; a GET also answers HEAD (RFC 9110 §9.3.2). */
export function addRoutes(app: FastifyInstance, operations: readonly Operation[], context: RouteContext): void {
  for (const operation of operations) {
    const handler = context.handlers[operation.id];
    if (handler === undefined) throw new Error(`The reference has no handler for the operation ${operation.id}.`);
    app.route({
      method: operation.method === 'GET' ? ['GET', 'HEAD'] : operation.method,
      url: `${PREFIX}${operation.path.replace(/\{(\w+)\}/g, ':$1')}`,
      handler: async (request, reply) => {
        const answer = await runOperation(operation, handler, request, context);
        return reply.code(operation.successes[0] ?? 200).send(JSON.stringify(answer));
      },
    });
  }
}

async function runOperation(
  operation: Operation,
  handler: Handler,
  request: FastifyRequest,
  { openAccount, parseBody, check, upstreamTimeoutMs }: RouteContext,
): Promise<unknown> {
  const body = operation.body && parseBody(request.raw, request.body, operation.body.required);
  const opened = openAccount(request.headers[ACCOUNT_HEADER]);
  return handler({
    operation,
    caller: request.caller,
    store: opened instanceof Promise ? await opened : opened,
    params: request.params as Record<string, string>,
    query: request.query as Record<string, unknown>,
    body: body ?? {},
    check,
    upstreamTimeoutMs,
  });
}
