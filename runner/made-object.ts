import { parseExactly } from '../judge/response-body.ts';
import type { Exchange } from '../model/exchange.ts';
import { decodeLoosely } from '../model/percent.ts';
import { linkedParams, type Resource, type WorldObject } from '../plan/resources.ts';
import { pathParams } from '../schemas/path-params.ts';

/** The object that a create operation answered with, or undefined when it made none. */
export function madeObject(resource: Resource, { request, response }: Exchange): WorldObject | undefined {
  if (!response || response.status < 200 || response.status > 299) return undefined;
  const body = parseExactly(response);
  if (body.kind !== 'json') return undefined;
  const params = linkedParams(
    resource.create,
    resource.item,
    body.value,
    paramsOf(resource.create.path, request.target),
  );
  return params && { params, body: body.value, own: true };
}

/** Reads the path parameters back out of a target that was built from a template; one that is malformed stays as it is. */
export function paramsOf(template: string, target: string): Record<string, string> {
  const [parts, given] = [template.split('/'), (target.split('?')[0] ?? '').split('/')];
  return Object.fromEntries(
    pathParams(template).map((name) => [name, decodeLoosely(given[parts.indexOf(`{${name}}`)] ?? '')]),
  );
}
