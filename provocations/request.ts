import type { Scene } from '../engine/case.ts';
import type { RequestSpec } from '../engine/exchange.ts';
import { resourceOf, type WorldObject } from '../engine/resources.ts';
import type { Json, Operation } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';

/** An id that no object has; version 4, so that servers which check the version take it for an id. */
export const UNKNOWN_ID = '00000000-0000-4000-8000-00000000dead';

/** What goes into an operation's request. */
export type RequestParts = {
  params?: Record<string, string>;
  body?: Json;
  /** Sent in place of the JSON text of `body`. */
  rawBody?: RequestSpec['body'];
  /** Content type of the body; null leaves the header out. */
  contentType?: string | null;
  /** Value of the Authorization header; null leaves it out. */
  authorization?: string | null;
  /** Value of the Accept header, JSON by default; null leaves it out. */
  accept?: string | null;
  headers?: [string, string][];
  method?: string;
  /** Appended to the path as it is, such as `?x=%ff`. */
  query?: string;
};

/** A request for an operation, with the ordinary token unless told otherwise. Path parameters are percent-encoded. */
export function buildRequest(operation: Operation, parts: RequestParts): RequestSpec {
  const target = operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = parts.params?.[name];
    if (value === undefined) throw new Error(`${operation.id} needs the path parameter "${name}".`);
    // A server may give its objects any id, and half a surrogate pair cannot be encoded.
    return encodeURIComponent(value.replace(/\p{Cs}/gu, '\ufffd'));
  });
  return requestTo(parts.method ?? operation.method, target + (parts.query ?? ''), parts);
}

/** A request to any target below the base URL; the target goes out as it is. */
export function requestTo(method: string, target: string, parts: RequestParts): RequestSpec {
  const headers: [string, string][] = [];
  const accept = parts.accept === undefined ? 'application/json' : parts.accept;
  if (accept !== null) headers.push(['Accept', accept]);
  const authorization = parts.authorization === undefined ? 'Bearer {{token}}' : parts.authorization;
  if (authorization !== null) headers.push(['Authorization', authorization]);
  const body = parts.rawBody ?? (parts.body === undefined ? undefined : { text: JSON.stringify(parts.body) });
  const contentType = parts.contentType === undefined ? 'application/json' : parts.contentType;
  if (body && contentType !== null) headers.push(['Content-Type', contentType]);
  headers.push(...(parts.headers ?? []));
  return body ? { method, target, headers, body } : { method, target, headers };
}

/** Every documented 4xx, the given one first: the status whose cell the case belongs to. */
export function clientErrors(first: number, scene: Scene): number[] {
  const documented = scene.contract.statuses.filter((status) => status >= 400 && status < 500);
  return [first, ...documented.filter((status) => status !== first)];
}

/** True for the methods that change nothing (RFC 9110 §9.2.1). */
export function isSafe(operation: Operation): boolean {
  return operation.method === 'GET' || operation.method === 'HEAD';
}

/** True for an operation that makes an object, as the contract's links tell. */
export function isCreate(operation: Operation, scene: Scene): boolean {
  return scene.resources.some((resource) => resource.create.id === operation.id);
}

/**
 * Path parameters that address something real: what the target profile names for the operation, or else the run's object
 * of the resource; one that the run only found is for reading. Undefined when there is none; an operation without path
 * parameters has an empty set.
 */
export function realParams(operation: Operation, scene: Scene): Record<string, string> | undefined {
  if (pathParams(operation.path).length === 0) return {};
  const named = scene.capabilities.profile.objects[operation.id];
  if (named) return named;
  const object = mainObject(operation, scene);
  return object && (object.own || isSafe(operation)) ? object.params : undefined;
}

function mainObject(operation: Operation, scene: Scene): WorldObject | undefined {
  const resource = resourceOf(operation, scene.resources);
  return resource && scene.world.main[resource.name];
}

/** Why the operation has no real object to work on here. */
export function whyNoObject(operation: Operation, scene: Scene): string {
  const resource = resourceOf(operation, scene.resources);
  if (mainObject(operation, scene)) return 'needs an object of our own (danger class "write")';
  return (resource && scene.world.missing[resource.name]) ?? `no ${resource?.name ?? 'object'} is known on this target`;
}

/** Path parameters of which the last names nothing; those before it are real where possible. */
export function unknownParams(
  operation: Operation,
  scene: Scene,
  unknown: string = UNKNOWN_ID,
): Record<string, string> {
  const names = pathParams(operation.path);
  const real = realParams(operation, scene) ?? mainObject(operation, scene)?.params ?? {};
  return Object.fromEntries(
    names.map((name, index) => [name, index === names.length - 1 ? unknown : (real[name] ?? UNKNOWN_ID)]),
  );
}
