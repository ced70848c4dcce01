import type { RequestSpec } from '../model/exchange.ts';
import type { Scene } from '../plan/case.ts';
import { isFresh } from '../plan/fresh.ts';
import { makesObject, renameParams } from '../plan/places.ts';
import { resourceOf, type WorldObject } from '../plan/resources.ts';
import type { Json, Operation, ParameterPlace } from '../schemas/contract.ts';
import { fillPath, pathParams } from '../schemas/path-params.ts';
import { sampleOf } from '../schemas/sample.ts';
import { rightCredential, type Sent } from './credentials.ts';
import { madeUpId } from './made-up.ts';

/** What goes into an operation's request. */
export type RequestParts = {
  params?: Record<string, string>;
  body?: Json;
  /** Sent in place of the JSON text of `body`. */
  rawBody?: RequestSpec['body'];
  /** Content type of the body, the operation's own by default; null leaves the header out. */
  contentType?: string | null;
  /** What lets it in, by default the right credential of the operation's security. */
  credential?: Sent;
  /** Value of the Accept header, JSON by default; null leaves it out. */
  accept?: string | null;
  headers?: [string, string][];
  method?: string;
  /** Put behind the query as it is, such as `x=%ff`. */
  query?: string;
  /** Names of required parameters that are left out. */
  without?: string[];
};

/** A request for an operation, with the ordinary token unless told otherwise. Path parameters are percent-encoded. */
export function buildRequest(operation: Operation, parts: RequestParts): RequestSpec {
  const target = fillPath(operation.path, (name) => {
    const value = parts.params?.[name];
    if (value === undefined) throw new Error(`${operation.id} needs the path parameter "${name}".`);
    return encodePart(value);
  });
  return requestTo(operation, parts.method ?? operation.method, target, parts);
}

/** What an operation asks of every request, whatever its target. */
type Asking = Pick<Operation, 'security'> & Partial<Pick<Operation, 'parameters' | 'body' | 'errors' | 'server'>>;

/** A request to any target below the base URL, with the credential and the parameters that an operation asks for; the target goes out as it is. */
export function requestTo(operation: Asking, method: string, target: string, parts: RequestParts): RequestSpec {
  const { credential = rightCredential(operation), accept = JSON_TYPE, without = [] } = parts;
  const headers: [string, string][] = [];
  if (accept !== null) headers.push(['Accept', accept]);
  headers.push(...credential.headers);
  const given = new Set([...(parts.headers ?? []), ...credential.headers].map(([name]) => name.toLowerCase()));
  const needed = (place: ParameterPlace) =>
    requiredValues(operation, place).filter(
      ([name]) => !without.some((each) => each.toLowerCase() === name.toLowerCase()),
    );
  headers.push(...needed('header').filter(([name]) => !given.has(name.toLowerCase())));
  if (asksForPrecondition(operation, method) && !without.includes(IF_MATCH) && !given.has(IF_MATCH.toLowerCase()))
    headers.push([IF_MATCH, '*']);
  const cookies = [...needed('cookie'), ...credential.cookies];
  if (cookies.length > 0) headers.push(['Cookie', cookies.map((each) => each.join('=')).join('; ')]);
  const body = parts.rawBody ?? (parts.body === undefined ? undefined : { text: JSON.stringify(parts.body) });
  const contentType = parts.contentType === undefined ? (operation.body?.mediaType ?? JSON_TYPE) : parts.contentType;
  if (body && contentType !== null) headers.push(['Content-Type', contentType]);
  headers.push(...(parts.headers ?? []));
  const pairs = [
    ...needed('query').map(([name, value]) => `${encodePart(name)}=${encodePart(value)}`),
    // Its values are placeholders, which are encoded when they are filled.
    ...credential.query.map(([name, value]) => `${encodePart(name)}=${value}`),
    ...(parts.query === undefined ? [] : [parts.query]),
  ];
  const whole = pairs.length === 0 ? target : `${target}${target.includes('?') ? '&' : '?'}${pairs.join('&')}`;
  const { server } = operation;
  return {
    method,
    target: whole,
    ...(server && 'from' in server && { server }),
    headers,
    ...(body && { body }),
  };
}

const JSON_TYPE = 'application/json';

/** The header that makes a change conditional. */
export const IF_MATCH = 'If-Match';

/** Whether a change has to say what it changes (RFC 6585 §3), and no parameter of the contract says how. */
function asksForPrecondition({ errors = [], parameters = [] }: Asking, method: string): boolean {
  if (!errors.includes(428) || !['PUT', 'PATCH', 'DELETE'].includes(method)) return false;
  return !parameters.some(({ name, required }) => required && name.toLowerCase() === IF_MATCH.toLowerCase());
}

/** A server may give its objects any id, and half a surrogate pair cannot be encoded. */
function encodePart(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}

/** Values for the parameters that an operation requires in one place: what the document gives, or what their schemas take. */
function requiredValues({ parameters = [] }: Asking, place: ParameterPlace): [name: string, value: string][] {
  return parameters
    .filter((each) => each.in === place && each.required)
    .map((each) => [each.name, isFresh(each) ? FRESH : showScalar(each.example ?? sampleOf(each.schema))]);
}

/** A new UUID in each request. */
const FRESH = '{{uuid}}';

/** A value as it stands in a query or a header; lists as most APIs read them (OpenAPI 3.1 §4.8.12.3, style form). */
function showScalar(value: Json | undefined): string {
  if (Array.isArray(value)) return value.map(showScalar).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
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
  const missing = resource && scene.world.missing[resource.name];
  if (missing !== undefined) return missing;
  if (mainObject(operation, scene)) return 'needs an object of our own (danger class "write")';
  return `no ${resource?.name ?? 'object'} is known on this target`;
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
