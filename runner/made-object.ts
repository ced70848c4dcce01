import { headerValues } from '../judge/checks/check.ts';
import { parseExactly } from '../judge/response-body.ts';
import type { Exchange } from '../model/exchange.ts';
import { valueAt } from '../model/json-pointer.ts';
import { decodeLoosely } from '../model/percent.ts';
import { linkedParams, type Resource, type WorldObject } from '../plan/resources.ts';
import type { Json } from '../schemas/contract.ts';
import { fillPath, pathParams } from '../schemas/path-params.ts';

/**
 * The object that a create operation answered with: by the id in its body, which the contract links to, or by its Location (RFC 9110
 * §10.2.2), which may be all that is said; the body is then null. Undefined when it made none, or does not say which.
 */
export function madeObject(resource: Resource, exchange: Exchange): WorldObject | undefined {
  const { request, response } = exchange;
  if (!response || response.status < 200 || response.status > 299) return undefined;
  const parsed = parseExactly(response);
  const body: Json = parsed.kind === 'json' ? parsed.value : null;
  const above = paramsOf(resource.create.path, request.target);
  const params = linkedParams(resource.create, resource.item, body, above) ?? locatedParams(resource, exchange);
  return params && { params, body, own: true };
}

/** The path parameters of the object that a Location leads to; undefined where that is no object of the kind, or is served elsewhere. */
function locatedParams({ path }: Resource, { request, response, url }: Exchange): Record<string, string> | undefined {
  const [location] = response ? headerValues(response, 'location') : [];
  if (location === undefined || !URL.canParse(location, url)) return undefined;
  const [found, asked] = [new URL(location, url), new URL(url)];
  if (found.origin !== asked.origin) return undefined;
  // What comes before the operation's own path is the prefix of the API, which a proxy may have taken away.
  const prefix = asked.pathname.slice(0, Math.max(0, asked.pathname.length - pathOf(request.target).length));
  const below = found.pathname.startsWith(`${prefix}/`) ? found.pathname.slice(prefix.length) : found.pathname;
  const [parts, given] = [path.split('/'), (below.endsWith('/') ? below.slice(0, -1) : below).split('/')];
  const isFitting =
    parts.length === given.length && parts.every((part, at) => part.includes('{') || part === given[at]);
  const params = paramsOf(path, below);
  return isFitting && Object.values(params).every((value) => value !== '') ? params : undefined;
}

function pathOf(target: string): string {
  return target.split('?')[0] ?? '';
}

/** Reads the path parameters back out of a target that was built from a template; one that is malformed stays as it is. */
export function paramsOf(template: string, target: string): Record<string, string> {
  const [parts, given] = [template.split('/'), pathOf(target).split('/')];
  return Object.fromEntries(
    pathParams(template).map((name) => [name, decodeLoosely(given[parts.indexOf(`{${name}}`)] ?? '')]),
  );
}

/** What tells one object from all others of its kind: `path` is the template of one. */
export function keyOf(path: string, params: Record<string, string>): string {
  return JSON.stringify(pathParams(path).map((name) => params[name] ?? ''));
}

/** The same, and as a list names the same object: by what its link points to in an item. */
export function keysOf(resource: Resource, { params, body }: WorldObject): string[] {
  const { list, read, path } = resource;
  const parameters = list?.links.find(({ operationId }) => operationId === read?.id)?.parameters ?? {};
  const linked = Object.entries(params).map(([name, value]): [string, string] => {
    const place = /^\$response\.body#.*?\/0(?=\/|$)(.*)$/.exec(parameters[name] ?? '')?.[1];
    const listed = place === undefined ? undefined : valueAt(body, place);
    return [name, typeof listed === 'string' || typeof listed === 'number' ? String(listed) : value];
  });
  return [keyOf(path, params), keyOf(path, Object.fromEntries(linked))];
}

/** An object of a kind as it is told: the path that leads to it. */
export function showObject({ path }: Resource, params: Record<string, string>): string {
  return fillPath(path, (name) => encodeURIComponent(params[name] ?? ''));
}
