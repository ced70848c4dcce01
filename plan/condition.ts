/**
 * What is wrong with a request, or with the server, when an error is due: why it must be answered so. Several provocations bring
 * one about.
 * - `no-credential`: nobody asks;
 * - `wrong-credential`: nobody who is known asks;
 * - `malformed-credential`: a credential that is none, or not where and how it counts: no token, another scheme, in the query, twice;
 * - `hidden-object`: it is there, and not for this caller;
 * - `missing-permission`: the caller may not do this at all;
 * - `unknown-object`: an id or a name that leads nowhere;
 * - `removed-object`: one that did lead somewhere;
 * - `unknown-route`: a path that the contract does not name;
 * - `unknown-method`: a method that the contract does not name there;
 * - `not-acceptable`: an Accept that cannot be met;
 * - `malformed-target`: a percent-encoding that is broken, bytes that are no UTF-8;
 * - `invalid-parameter`: a value in path or query that is of the wrong type, or odd;
 * - `unreadable-body`: a body that is not JSON;
 * - `wrong-media-type`: a content type that is wrong or absent;
 * - `invalid-body`: a body that can be read, and in which something is wrong;
 * - `taken`: what is to be made is there already;
 * - `in-use`: what is to be removed is needed;
 * - `failed-precondition`: an If-Match that does not hold;
 * - `precondition-required`: an If-Match that is missing;
 * - `too-large-body`: a body beyond all bounds;
 * - `too-long-target`: a path or query beyond all bounds;
 * - `too-large-header`: a header beyond all bounds;
 * - `too-many-requests`: a burst;
 * - `internal-fault`: the server breaks;
 * - `unimplemented`: the server cannot do it;
 * - `dead-upstream`: what the server needs is not there;
 * - `unavailable`: the server cannot just now;
 * - `slow-upstream`: what the server needs does not answer in time.
 */
export type Condition =
  | 'no-credential'
  | 'wrong-credential'
  | 'malformed-credential'
  | 'hidden-object'
  | 'missing-permission'
  | 'unknown-object'
  | 'removed-object'
  | 'unknown-route'
  | 'unknown-method'
  | 'not-acceptable'
  | 'malformed-target'
  | 'invalid-parameter'
  | 'unreadable-body'
  | 'wrong-media-type'
  | 'invalid-body'
  | 'taken'
  | 'in-use'
  | 'failed-precondition'
  | 'precondition-required'
  | 'too-large-body'
  | 'too-long-target'
  | 'too-large-header'
  | 'too-many-requests'
  | 'internal-fault'
  | 'unimplemented'
  | 'dead-upstream'
  | 'unavailable'
  | 'slow-upstream';

const OF_STATUS: Readonly<Record<number, Condition>> = {
  400: 'unreadable-body',
  401: 'no-credential',
  403: 'missing-permission',
  404: 'unknown-object',
  409: 'taken',
  422: 'invalid-body',
  429: 'too-many-requests',
  501: 'unimplemented',
  502: 'dead-upstream',
  503: 'unavailable',
  504: 'slow-upstream',
};

/** The condition that a fault stands for which somebody was asked to put on: nothing but its status is known of it. */
export function conditionOf(status: number): Condition {
  return OF_STATUS[status] ?? 'internal-fault';
}
