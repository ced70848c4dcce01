import type { Contract, Operation } from './contract.ts';
import { createdParam, EXPRESSION_FORMS, readExpression } from './links.ts';
import { entriesOf, isObject, type Part, partAt, refuse, takeText } from './part.ts';
import { pathParams } from './path-params.ts';
import { listParameters, mediaOf } from './read-input.ts';

/** Throws a ContractError for an operation that does not fit the others: by its id, its path, its links or its references. */
export function checkOperations(openapi: Part, { operations }: Pick<Contract, 'operations'>): void {
  const byId = new Map<string, Operation>();
  for (const operation of operations) {
    const { id, path } = operation;
    const part = partOf(openapi, operation);
    if (byId.has(id)) throw refuse(partAt(part, 'operationId'), 'an id that no other operation has');
    byId.set(id, operation);
    checkPathParameters(partAt(openapi, 'paths', path), part, path);
  }
  for (const operation of operations) {
    const part = partOf(openapi, operation);
    for (const status of operation.successes) checkLinks(partAt(part, 'responses', String(status)), operation, byId);
    const media = mediaOf(partAt(part, 'requestBody'));
    if (media) checkReferences(partAt(media, 'schema'), byId);
    const refusing = partAt(part, 'x-refused-while-used-by');
    if (refusing.value !== undefined) checkCreates(refusing, byId);
  }
}

/** The part that describes an operation. */
export function partOf(openapi: Part, { path, method }: Pick<Operation, 'path' | 'method'>): Part {
  return partAt(openapi, 'paths', path, method.toLowerCase());
}

function checkPathParameters(item: Part, operation: Part, path: string): void {
  const named = pathParams(path);
  const declared = listParameters(item, operation).filter((part) => partAt(part, 'in').value === 'path');
  for (const part of declared) {
    const name = partAt(part, 'name');
    if (!named.includes(takeText(name))) throw refuse(name, `a parameter of the path ${path}`);
    const required = partAt(part, 'required');
    if (required.value !== true) throw refuse(required, 'true, as of every path parameter');
  }
  const missing = named.find((name) => !declared.some((part) => partAt(part, 'name').value === name));
  if (missing !== undefined) throw refuse(operation, `the path parameter "${missing}" among its parameters`, 'none');
}

type Operations = ReadonlyMap<string, Operation>;

function checkLinks(response: Part, from: Operation, operations: Operations): void {
  const links = partAt(response, 'links');
  for (const [, link] of links.value === undefined ? [] : entriesOf(links)) {
    const target = find(partAt(link, 'operationId'), operations);
    const own = pathParams(from.path);
    const wanted = pathParams(target.path);
    const parameters = partAt(link, 'parameters');
    const given = parameters.value === undefined ? [] : entriesOf(parameters);
    for (const [name, part] of given) {
      if (from.id === target.id && isQueryOf(from, name)) {
        checkExpression(part, own);
        continue;
      }
      if (!wanted.includes(name)) throw refuse(part, `only path parameters of ${target.id}`, name);
      checkExpression(part, own);
    }
    const missing = wanted.find((name) => !own.includes(name) && !given.some(([each]) => each === name));
    if (missing !== undefined) throw refuse(link, `a value for "${missing}" of ${target.id}`, 'none');
  }
}

/** Whether a list may link to its own next page by this parameter, which may be named with its place (OpenAPI 3.1 §4.8.20.1). */
function isQueryOf({ parameters }: Operation, name: string): boolean {
  const own = name.replace(/^query\./, '');
  return parameters.some((each) => each.in === 'query' && each.name === own);
}

/** Looks for `x-references` and `x-inert` everywhere in a schema. */
function checkReferences(part: Part, operations: Operations, seen = new Set<unknown>()): void {
  const { value } = part;
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (Array.isArray(value)) for (const index of value.keys()) checkReferences(partAt(part, index), operations, seen);
  if (!isObject(value)) return;
  for (const key of Object.keys(value)) checkReferences(partAt(part, key), operations, seen);
  if ('x-inert' in value) checkInert(partAt(part, 'x-inert'), partAt(part, 'properties'));
  if (!('x-references' in value)) return;
  const reference = partAt(part, 'x-references');
  checkCreates(partAt(reference, 'operationId'), operations);
  checkExpression(partAt(reference, 'value'));
}

/** A field that is misspelt would keep nothing inert. */
function checkInert(part: Part, properties: Part): void {
  const known = isObject(properties.value) ? Object.keys(properties.value) : [];
  for (const [path, field] of entriesOf(part))
    if (!known.includes(path.split('.')[0] ?? '')) throw refuse(field, `a field among ${known.join(', ')}`, path);
}

function checkCreates(part: Part, operations: Operations): void {
  if (createdParam(find(part, operations)) === undefined)
    throw refuse(part, 'an operation that creates something: a POST whose answer links to it');
}

function find(part: Part, operations: Operations): Operation {
  const operation = operations.get(takeText(part));
  if (!operation) throw refuse(part, 'the operationId of an operation');
  return operation;
}

/** `params` are the path parameters that an expression may take from the request; any when absent. */
function checkExpression(part: Part, params?: string[]): void {
  const expression = readExpression(takeText(part));
  if (!expression) throw refuse(part, EXPRESSION_FORMS);
  if ('param' in expression && params && !params.includes(expression.param))
    throw refuse(part, `a path parameter of the request${params.length > 0 ? ` (${params.join(', ')})` : ''}`);
}
