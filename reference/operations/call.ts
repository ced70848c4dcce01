import type { Operation } from '../../schemas/contract.ts';
import type { Caller } from '../authentication.ts';
import { ApiError } from '../errors.ts';
import type { JsonObject } from '../request-body.ts';
import { findItem, type Item, type Kind, type Store } from '../store.ts';
import type { CheckBody } from '../validation/check-body.ts';

/** One call of an operation, after authentication and parsing, on an opened account. */
export type Call = {
  operation: Operation;
  caller: Caller;
  store: Store;
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: JsonObject;
  check: CheckBody;
  upstreamTimeoutMs: number;
};

/** Does the work of an operation and gives the body of its success answer. */
export type Handler = (call: Call) => unknown;

/** The object that a path parameter names; 404 if there is none, 403 if it is hidden from the caller. */
export function findNamed(call: Call, kind: Kind, idOrName: string): Item {
  const item = findItem(call.store, kind, idOrName);
  if (item === undefined) throw new ApiError(404);
  if (item.hidden === true && call.caller !== 'administrator') throw new ApiError(403);
  return item;
}

/** Checks the body against the request schema of the operation, and the names in it against the store; throws a 422. */
export function checkBody({ operation, body, store, caller, check }: Call, self?: Item): void {
  check(operation.id, body, { store, caller, ...(self && { self }) });
}

/** Now, in the API's format. */
export function timestamp(): string {
  return new Date().toISOString();
}
