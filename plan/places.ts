import { decodeLoosely } from '../model/percent.ts';
import type { Contract, Operation } from '../schemas/contract.ts';
import { createdParam } from '../schemas/links.ts';
import { pathParams } from '../schemas/path-params.ts';

/**
 * What a path template names, whatever its parameters are called: `/sinks/{}` for `/sinks/{id}`. Two templates that differ in
 * nothing else are one (OpenAPI 3.1 §4.8.8.1).
 */
export function kindOf(path: string): string {
  return path.replace(/\{[^}]+\}/g, '{}').replace(/(?<=.)\/+$/, '');
}

/** The part of a path template that names its last object: `/sinks/{id}` for `/sinks/{id}/backfills`; empty when it names none. */
export function objectPath(path: string): string {
  const end = path.lastIndexOf('}');
  return end < 0 ? '' : `${path.slice(0, end)}${path.slice(end).replace(/\/.*$/, '')}`;
}

/** The same values under the names that another template has for them, by their place in the path. */
export function renameParams(from: string, params: Record<string, string>, to: string): Record<string, string> {
  const values = pathParams(from).map((name) => params[name]);
  return Object.fromEntries(
    pathParams(to).flatMap((name, index) => (values[index] === undefined ? [] : [[name, values[index]]])),
  );
}

/** Whether a path leads to many objects: a documented one names one of them below it. */
export function isCollection(path: string, { operations }: Pick<Contract, 'operations'>): boolean {
  return operations.some((each) => kindOf(each.path) === `${kindOf(path)}/{}`);
}

/** Whether a POST makes an object, as far as the contract tells: it goes to a collection, or links to what it has made. */
export function makesObject(operation: Operation, contract: Pick<Contract, 'operations'>): boolean {
  if (createdParam(operation) !== undefined) return true;
  return operation.method === 'POST' && isCollection(operation.path, contract);
}

/**
 * Why nothing at all may be sent to an operation: it changes what is not this run's, or nobody can tell what, it is served
 * elsewhere, or its body cannot be written. Undefined for all others. `objects` are what the target profile names, by operation id.
 */
export function whyUnsendable(
  operation: Operation,
  contract: Pick<Contract, 'operations'>,
  objects: Readonly<Record<string, unknown>>,
): string | undefined {
  const { id, method, path, foreignBody, server } = operation;
  if (server && 'elsewhere' in server)
    return `${method} ${path} is served at ${server.elsewhere}, and not where this run sends`;
  if (foreignBody)
    return `${method} ${path} takes ${foreignBody.join(', ') || 'a body of no media type'}, and this suite writes JSON`;
  if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) return undefined;
  if (method !== 'POST')
    return pathParams(path).length === 0 || isCollection(path, contract)
      ? `${method} ${path} changes what this run has not made, so that nothing is sent to it`
      : undefined;
  if (pathParams(path).length > 0 || makesObject(operation, contract) || objects[id]) return undefined;
  return `POST ${path} makes nothing that the contract names, so that nothing is sent to it unless the target profile says so (objects: { ${id}: {} })`;
}

/** One object that a target names: the kind of its path, the path as it stands in the target, and its id, decoded. */
export type Named = { kind: string; target: string; id: string };

/** Where a target leads, as a server reads it: the documented path that it fits best, and the objects on the way, outermost first. */
export type Place = { path: string; objects: Named[] };

/** The place that a target (path and query below the base URL) leads to; undefined when no documented path fits. */
export function findPlace(target: string, { operations }: Pick<Contract, 'operations'>): Place | undefined {
  const segments = (target.split(/[?#]/)[0] ?? '').replace(/(?<=.)\/+$/, '').split('/');
  const given = segments.map(decodeLoosely);
  const paths = new Set(operations.map(({ path }) => path));
  const fitting = [...paths].filter((path) => fits(path.split('/'), given));
  // A path without parameters comes before one with them (OpenAPI 3.1 §4.8.8.2).
  const [path] = fitting.sort((one, other) => pathParams(one).length - pathParams(other).length);
  if (path === undefined) return undefined;
  const parts = path.split('/');
  const objects = parts.flatMap((part, index) =>
    part.includes('{')
      ? [
          {
            kind: kindOf(parts.slice(0, index + 1).join('/')),
            target: segments.slice(0, index + 1).join('/'),
            id: given[index] ?? '',
          },
        ]
      : [],
  );
  return { path, objects };
}

function fits(parts: string[], given: string[]): boolean {
  return parts.length === given.length && parts.every((part, index) => fitsSegment(part, given[index] ?? ''));
}

/** A segment may hold text beside its parameter: `{name}.json`. */
function fitsSegment(part: string, given: string): boolean {
  if (!part.includes('{')) return part === given;
  const [before = '', after = ''] = [part.slice(0, part.indexOf('{')), part.slice(part.lastIndexOf('}') + 1)];
  return given.length > before.length + after.length && given.startsWith(before) && given.endsWith(after);
}
