import type { Client } from '../exchange/client.ts';
import { expectsBody } from '../exchange/request-bytes.ts';
import type { Exchange, RequestSpec } from '../model/exchange.ts';
import type { Case, Control } from '../plan/case.ts';
import { findPlace, kindOf } from '../plan/places.ts';
import type { Contract, Operation } from '../schemas/contract.ts';
import { holds } from './holds.ts';

/**
 * Media types that a target asks for even where nothing is sent (some frameworks and gateways refuse a POST, PUT or PATCH without one,
 * with a body or without): tried once, and, where that made the difference, sent with all that goes to the operation.
 */
export type DemandedTypes = {
  /** A client that sends what was learnt. */
  dress(client: Client): Client;
  /** Asks again with a media type where its lack may be why this was refused; `exchange` itself where that made no difference. */
  askAgain(sent: Sent, exchange: Exchange, send: (request: RequestSpec) => Promise<Exchange>): Promise<Exchange>;
};

/** A case or a control. What has neither of both is a request of the runner's own, of which nobody knows how it ought to be answered. */
type Sent = Pick<Case, 'request'> & Partial<Pick<Case, 'expected'> & Pick<Control, 'holds'>>;

/** How the lack of a media type, or of a length, is answered. */
const REFUSALS = [400, 411, 415];

/** Nothing learnt yet. */
export function createDemandedTypes({ operations }: Pick<Contract, 'operations'>): DemandedTypes {
  const known = new Map<Operation, string>();

  function operationOf({ method, target }: RequestSpec): Operation | undefined {
    const place = findPlace(target, { operations });
    return place && operations.find((each) => each.method === method && kindOf(each.path) === kindOf(place.path));
  }

  return {
    dress: (client) => ({
      ...client,
      send(request, options) {
        const operation = known.size > 0 && isBare(request) ? operationOf(request) : undefined;
        const type = operation && known.get(operation);
        return client.send(type === undefined ? request : withType(request, type), options);
      },
    }),
    async askAgain(sent, exchange, send) {
      const { status = 0 } = exchange.response ?? {};
      // What was sent has the type already where it is known.
      if (!REFUSALS.includes(status) || !isBare(exchange.request) || isWanted(sent, exchange) !== false)
        return exchange;
      const operation = operationOf(sent.request);
      if (!operation) return exchange;
      const type = operation.body?.mediaType ?? 'application/json';
      const again = await send(withType(sent.request, type));
      if (!isWanted(sent, again)) return exchange;
      known.set(operation, type);
      return again;
    },
  };
}

/** Whether a request has nothing to say of what kind it is, and is of a method that means something to come. */
function isBare(request: RequestSpec): boolean {
  return !request.body && expectsBody(request) && request.headers.every(([name]) => !/^content-type$/i.test(name));
}

function withType(request: RequestSpec, type: string): RequestSpec {
  return { ...request, headers: [...request.headers, ['Content-Type', type]] };
}

/** Whether an answer is what was asked for; undefined where nobody knows. */
function isWanted({ expected, holds: rule }: Sent, exchange: Exchange): boolean | undefined {
  if (rule) return holds(rule, exchange);
  return expected && holds({ status: expected }, exchange);
}
