import type { RequestSpec } from '../model/exchange.ts';
import type { Scene } from '../plan/case.ts';
import { makesObject, renameParams } from '../plan/places.ts';
import { resourceOf, type WorldObject } from '../plan/resources.ts';
import type { Json, Operation } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';

/** An integer that hardly any object has as its id, and that fits into 32 bits. It is not random: the gate asks for it first. */
const UNKNOWN_INTEGER = '2147480047';

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

/** Every published 4xx. */
export function clientErrors({ contract }: Scene): number[] {
  return contract.statuses.filter((status) => status >= 400 && status < 500);
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
 * of the resource; one that the run only found is for reading, and so is one that the profile names, unless it is for that
 * very POST. Undefined when there is none; an operation without path parameters has an empty set.
 */
export function realParams(operation: Operation, scene: Scene): Record<string, string> | undefined {
  const named = scene.capabilities.profile.objects[operation.id];
  if (named && (isSafe(operation) || operation.method === 'POST')) return named;
  if (pathParams(operation.path).length === 0)
    return isSafe(operation) || makesObject(operation, scene.contract) ? {} : undefined;
  const object = mainObject(operation, scene);
  return object && (object.own || isSafe(operation)) ? paramsOf(object, operation, scene) : undefined;
}

function mainObject(operation: Operation, scene: Scene): WorldObject | undefined {
  const resource = resourceOf(operation, scene.resources);
  return resource && scene.world.main[resource.name];
}

/** The path parameters of an object under the names that the operation's path has for them. */
function paramsOf({ params }: WorldObject, operation: Operation, scene: Scene): Record<string, string> {
  const resource = resourceOf(operation, scene.resources);
  return resource ? renameParams(resource.path, params, operation.path) : params;
}

/** Why the operation has no real object to work on here. */
export function whyNoObject(operation: Operation, scene: Scene): string {
  const resource = resourceOf(operation, scene.resources);
  if (mainObject(operation, scene)) return 'needs an object of our own (danger class "write")';
  return (resource && scene.world.missing[resource.name]) ?? `no ${resource?.name ?? 'object'} is known on this target`;
}

/** A UUID of version 4 (RFC 9562 §5.4) has 122 random bits: that nobody else has it need not be asked. */
const RANDOM_ID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/i;

/** The random part of an id; undefined when it may be counted, or a name. */
export function randomPart(id: string): string | undefined {
  return RANDOM_ID.exec(id)?.[0].toLowerCase();
}

/** Whether an id is one of those that this suite makes up, and that somebody may have by chance. */
export function isMadeUp(id: string): boolean {
  return id === UNKNOWN_INTEGER || id.startsWith('ecc-');
}

/** An id that nothing has, of the type that the operation's parameter has. */
export function madeUpId(operation: Operation, name: string, { world }: Scene): string {
  const schema = operation.parameters.find((each) => each.in === 'path' && each.name === name)?.schema;
  return [schema?.type].flat().includes('integer') ? UNKNOWN_INTEGER : world.madeUp;
}

/**
 * Path parameters of which the last names nothing; those before it are real where possible. What would change something aims
 * below nothing but objects of our own.
 */
export function unknownParams(operation: Operation, scene: Scene, unknown?: string): Record<string, string> {
  const names = pathParams(operation.path);
  const found = isSafe(operation) ? mainObject(operation, scene) : undefined;
  const real = realParams(operation, scene) ?? (found && paramsOf(found, operation, scene)) ?? {};
  return Object.fromEntries(
    names.map((name, index) => {
      const madeUp = madeUpId(operation, name, scene);
      return [name, index === names.length - 1 ? (unknown ?? madeUp) : (real[name] ?? madeUp)];
    }),
  );
}
