import { valueAt } from '../model/json-pointer.ts';
import type { Contract, Json, Operation } from '../schemas/contract.ts';
import { ContractError } from '../schemas/contract-error.ts';
import { EXPRESSION_FORMS, readExpression } from '../schemas/links.ts';
import { pathParams } from '../schemas/path-params.ts';
import { givenIn } from '../schemas/sample.ts';
import { isFresh } from './fresh.ts';
import { kindOf, objectPath } from './places.ts';

/**
 * A kind of object on the target, known by the path template of one such object. The operation that creates it links to one
 * at that path; its list operation links to its read operation.
 */
export type Resource = {
  /** What its path calls it, `sinks`; the whole of its path where two are called the same. Unique. */
  name: string;
  /** Path template of one object: `/sinks/{id}`. */
  path: string;
  create: Operation;
  /** The operation at that path which the create operation links to. */
  item: Operation;
  list?: Operation;
  read?: Operation;
  update?: Operation;
  remove?: Operation;
  /** The path parameter that names one object. */
  idParam: string;
  /** The resource it lives under, by name. */
  parent?: string;
  /** Fields of the create body that name objects of other resources. */
  references: { resource: string; value: string }[];
};

/** An object on the target that the run made or found. */
export type WorldObject = {
  /** Path parameters that address it, its parents' included. */
  params: Record<string, string>;
  /** The answer that described it. */
  body: Json;
  /** True when the run made it. */
  own: boolean;
};

/** The operation to begin with: it reads something, lists it if one does, and needs nothing; undefined when the contract has none. */
export function firstList({ operations }: Pick<Contract, 'operations'>): Operation | undefined {
  const open = operations.filter(
    (each) => each.method === 'GET' && pathParams(each.path).length === 0 && !needsMoreThanPath(each),
  );
  return open.find(({ links }) => links.length > 0) ?? open[0];
}

/** Whether a request has to say more than its path does, such as in its query, of which the contract gives no value. */
export function needsMoreThanPath({ parameters }: Pick<Operation, 'parameters'>): boolean {
  return parameters.some((each) => {
    const isKnown = each.example !== undefined || givenIn(each.schema) !== undefined || isFresh(each);
    return each.in !== 'path' && each.required && !isKnown;
  });
}

/** The operation with this id; throws when the contract has none. */
export function operationOf(contract: Contract, id: string): Operation {
  const operation = contract.operations.find((each) => each.id === id);
  if (!operation) throw new Error(`The contract has no operation "${id}".`);
  return operation;
}

/** The resources of a contract, those that others depend on first. */
export function deriveResources(contract: Contract): Resource[] {
  const resources = contract.operations.flatMap((create) => {
    const item = create.method === 'POST' ? linkedItem(create, contract) : undefined;
    return item ? [makeResource(create, item, contract)] : [];
  });
  for (const resource of resources) resource.name = nameOf(resource, resources);
  for (const resource of resources) {
    const above = kindOf(objectPath(resource.create.path));
    const parent = resources.find(({ path }) => kindOf(path) === above);
    if (parent) resource.parent = parent.name;
    resource.references = findReferences(resource.create).map(({ operationId, value }) => {
      const target = resources.find((each) => each.create.id === operationId);
      if (!target)
        throw new ContractError(`x-references in ${resource.create.id} names "${operationId}", which creates nothing.`);
      return { resource: target.name, value };
    });
  }
  return sortByDependency(resources);
}

/** The operation on the object that a create operation has made, by its links: the one right below it, if it is among them. */
function linkedItem(create: Operation, contract: Contract): Operation | undefined {
  const linked = create.links.flatMap(({ operationId, parameters }) => {
    const target = operationOf(contract, operationId);
    const own = parameters[pathParams(target.path).at(-1) ?? ''];
    return own?.startsWith('$response.body') && objectPath(target.path) === target.path ? [target] : [];
  });
  return linked.find(({ path }) => kindOf(path) === `${kindOf(create.path)}/{}`) ?? linked[0];
}

/** The shortest of its names that no other resource has. */
function nameOf(resource: Resource, all: Resource[]): string {
  const names = ({ path, create }: Resource) => [
    path
      .replace(/\/[^/]*$/, '')
      .split('/')
      .findLast((part) => !part.includes('{')) ?? '',
    path,
    `${path} by ${create.path}`,
  ];
  const own = names(resource);
  const isTaken = (name: string, index: number) => all.some((each) => each !== resource && names(each)[index] === name);
  return own.find((name, index) => name !== '' && !isTaken(name, index)) ?? resource.create.id;
}

function makeResource(create: Operation, item: Operation, { operations }: Contract): Resource {
  const { path } = item;
  const own = operations.filter((each) => kindOf(each.path) === kindOf(path));
  const byMethod = (...methods: string[]) => own.find((each) => methods.includes(each.method));
  const list = operations.find((each) => each.method === 'GET' && each.path === create.path);
  const [read, update, remove] = [byMethod('GET'), byMethod('PATCH', 'PUT'), byMethod('DELETE')];
  return {
    name: '',
    path,
    create,
    item,
    idParam: pathParams(path).at(-1) ?? '',
    references: [],
    ...(list && { list }),
    ...(read && { read }),
    ...(update && { update }),
    ...(remove && { remove }),
  };
}
function findReferences(operation: Operation): { operationId: string; value: string }[] {
  const found = new Map<string, { operationId: string; value: string }>();
  // What several parts share is looked at once, and what holds itself has an end.
  const seen = new Set<object>();
  const walk = (node: unknown): void => {
    if (node === null || typeof node !== 'object' || seen.has(node)) return;
    seen.add(node);
    const reference = (node as Record<string, unknown>)['x-references'] as
      | { operationId: string; value: string }
      | undefined;
    if (reference) found.set(reference.operationId, reference);
    for (const child of Object.values(node)) walk(child);
  };
  walk(operation.body?.schema);
  return [...found.values()];
}

function sortByDependency(resources: Resource[]): Resource[] {
  const sorted: Resource[] = [];
  const visit = (resource: Resource, trail: string[]): void => {
    if (sorted.includes(resource)) return;
    if (trail.includes(resource.name))
      throw new ContractError(`Resources depend on each other: ${[...trail, resource.name].join(' → ')}.`);
    const needs = [
      ...resource.references.map((reference) => reference.resource),
      ...(resource.parent ? [resource.parent] : []),
    ];
    for (const name of needs) {
      const needed = resources.find((each) => each.name === name);
      if (needed) visit(needed, [...trail, resource.name]);
    }
    sorted.push(resource);
  };
  for (const resource of resources) visit(resource, []);
  return sorted;
}

/** The resource whose object the operation's path names last, or undefined for an operation on a collection. */
export function resourceOf(operation: Operation, resources: Resource[]): Resource | undefined {
  const kind = kindOf(objectPath(operation.path));
  return kind === '' ? undefined : resources.find((resource) => kindOf(resource.path) === kind);
}

/**
 * Evaluates an OpenAPI runtime expression (OpenAPI 3.1 §4.8.20.4) of the forms that links here use; undefined when it names
 * nothing.
 */
export function evaluateExpression(expression: string, body: Json, params: Record<string, string>): string | undefined {
  const read = readExpression(expression);
  if (!read) throw new Error(`The runtime expression "${expression}" is of none of the forms ${EXPRESSION_FORMS}.`);
  if ('param' in read) return params[read.param];
  const value = valueAt(body, read.pointer);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Longest path parameter, in characters: no server has to take a longer target (RFC 9110 §4.1), and it would fill the report. */
const LONGEST_PARAM = 8000;

/** The path parameters that address the object which `operation` answered with, by the operation's links to `target`. */
export function linkedParams(
  operation: Operation,
  target: Operation,
  body: Json,
  params: Record<string, string>,
): Record<string, string> | undefined {
  const link = operation.links.find((each) => each.operationId === target.id);
  if (!link) return undefined;
  const linked: Record<string, string> = {};
  for (const name of pathParams(target.path)) {
    const value = evaluateExpression(link.parameters[name] ?? `$request.path.${name}`, body, params);
    if (value === undefined || value.length > LONGEST_PARAM) return undefined;
    linked[name] = value;
  }
  return linked;
}

/** A field of an object the run knows, such as its name, by a runtime expression. */
export function fieldOf(object: WorldObject, expression: string): string | undefined {
  return evaluateExpression(expression, object.body, object.params);
}
