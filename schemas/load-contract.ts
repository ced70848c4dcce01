import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import type { Clause, Contract, Json, JsonSchema, Link, Operation, Parameter, RequestBody } from './contract.ts';

type Plain = { [name: string]: unknown };

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * Reads the contract from a directory that holds `openapi.yaml`, `clauses.yaml` and a `<status>.json` for each error.
 * Throws an Error whose one sentence names the file, what was expected there and what was found.
 */
export function loadContract(directory: string = fileURLToPath(new URL('.', import.meta.url))): Contract {
  const file = join(directory, 'openapi.yaml');
  const source = readObject(file);
  const statusNames = takeObject(source['x-status-names'], file, 'x-status-names') as Record<string, string>;
  const statuses = Object.keys(statusNames).map(Number).sort(ascending);
  const schemas: Record<string, JsonSchema> = {};
  for (const status of statuses) schemas[status] = readObject(join(directory, `${status}.json`));
  const document = takeObject(resolveRefs(source, file, schemas), file, 'the document');
  const info = takeObject(document.info, file, 'info');
  return {
    title: takeText(info.title, file, 'info.title'),
    version: takeText(info.version, file, 'info.version'),
    servers: readServers(document.servers, file),
    statuses,
    statusNames,
    schemas,
    clauses: readClauses(join(directory, 'clauses.yaml')),
    operations: readOperations(document, file, statuses),
  };
}

/** A server without a host of its own (`/api`) names nobody. */
function readServers(servers: unknown, file: string): string[] {
  const urls = takeList(servers ?? [], file, 'servers').map((server, index) => {
    const { url } = takeObject(server, file, `servers[${index}]`);
    return takeText(url, file, `servers[${index}].url`);
  });
  return urls.filter((url) => URL.canParse(url));
}

function readClauses(file: string): Clause[] {
  const clauses = takeList(readObject(file).clauses, file, 'clauses');
  clauses.forEach((clause, index) => {
    takeText(takeObject(clause, file, `clauses[${index}]`).id, file, `clauses[${index}].id`);
  });
  return clauses as Clause[];
}

function readOperations(document: Plain, file: string, statuses: number[]): Operation[] {
  const operations: Operation[] = [];
  for (const [path, value] of Object.entries(takeObject(document.paths, file, 'paths'))) {
    const item = takeObject(value, file, `paths.${path}`);
    for (const [method, operation] of Object.entries(item)) {
      if (!METHODS.includes(method)) continue;
      const place = `${method.toUpperCase()} ${path}`;
      const own = takeObject(operation, file, place);
      operations.push(readOperation(own, item.parameters, { file, place, method, path, statuses }));
    }
  }
  return operations;
}

type Where = { file: string; place: string; method: string; path: string; statuses: number[] };

function readOperation(operation: Plain, shared: unknown, where: Where): Operation {
  const { file, place } = where;
  const responses = takeObject(operation.responses, file, `${place} responses`);
  const found = Object.keys(responses).map(Number).sort(ascending);
  const successes = found.filter((status) => status >= 200 && status < 300);
  const errors = found.filter((status) => where.statuses.includes(status));
  if (successes.length === 0) throw broken(file, `${place} responses`, 'at least one 2xx status', 'none');
  const stray = Object.keys(responses).find((key) => !successes.includes(Number(key)) && !errors.includes(Number(key)));
  if (stray) throw broken(file, `${place} responses`, 'only 2xx and published error statuses', stray);
  const notApplicable = takeObject(operation['x-not-applicable'] ?? {}, file, `${place} x-not-applicable`);
  checkEachStatus(where, errors, Object.keys(notApplicable));
  const body = readBody(operation.requestBody, where);
  const refusedWhileUsedBy = operation['x-refused-while-used-by'];
  return {
    id: takeText(operation.operationId, file, `${place} operationId`),
    method: where.method.toUpperCase(),
    path: where.path,
    tag: takeText(takeList(operation.tags, file, `${place} tags`)[0], file, `${place} tags[0]`),
    summary: takeText(operation.summary, file, `${place} summary`),
    parameters: readParameters(shared, operation.parameters, where),
    ...(body && { body }),
    successes,
    errors,
    notApplicable: notApplicable as Record<string, string>,
    links: successes.flatMap((status) => readLinks(responses[status], where)),
    ...(typeof refusedWhileUsedBy === 'string' && { refusedWhileUsedBy }),
    ...(operation['x-needs-live-object'] === true && { needsLiveObject: true }),
  };
}

/** Every published status must be accounted for exactly once, or a cell of the matrix would have no meaning. */
function checkEachStatus({ file, place, statuses }: Where, errors: number[], reasons: string[]): void {
  const expected = 'each published status in either `responses` or `x-not-applicable`';
  for (const status of statuses) {
    const documented = errors.includes(status);
    const excused = reasons.includes(String(status));
    if (documented === excused) throw broken(file, place, expected, `${status} in ${documented ? 'both' : 'neither'}`);
  }
  const stray = reasons.find((reason) => !statuses.includes(Number(reason)));
  if (stray) throw broken(file, `${place} x-not-applicable`, 'only published statuses', stray);
}

function readParameters(shared: unknown, own: unknown, { file, place }: Where): Parameter[] {
  const merged = new Map<string, Parameter>();
  const listed = [shared ?? [], own ?? []].flatMap((list) => takeList(list, file, `${place} parameters`));
  for (const entry of listed) {
    const parameter = takeObject(entry, file, `${place} parameters`);
    const name = takeText(parameter.name, file, `${place} parameter name`);
    const location = parameter.in;
    if (location !== 'path' && location !== 'query') {
      throw broken(file, `${place} parameter ${name}`, 'a path or query parameter', show(location));
    }
    const schema = takeObject(parameter.schema, file, `${place} parameter ${name} schema`);
    // The operation's own parameter replaces the path's of the same name and place (OpenAPI 3.1 §4.8.9.1).
    merged.set(`${location} ${name}`, { name, in: location, required: parameter.required === true, schema });
  }
  return [...merged.values()];
}

function readBody(value: unknown, { file, place }: Where): RequestBody | undefined {
  if (value === undefined) return undefined;
  const body = takeObject(value, file, `${place} requestBody`);
  const content = takeObject(body.content, file, `${place} requestBody content`);
  const media = takeObject(content['application/json'], file, `${place} requestBody content application/json`);
  const examples: Record<string, Json> = {};
  for (const [name, example] of Object.entries(takeObject(media.examples, file, `${place} requestBody examples`))) {
    examples[name] = takeObject(example, file, `${place} example ${name}`).value as Json;
  }
  const schema = takeObject(media.schema, file, `${place} requestBody schema`);
  return { required: body.required === true, schema, examples };
}

function readLinks(response: unknown, { file, place }: Where): Link[] {
  const links = takeObject(takeObject(response, file, `${place} response`).links ?? {}, file, `${place} links`);
  return Object.entries(links).map(([name, value]) => {
    const link = takeObject(value, file, `${place} link ${name}`);
    const parameters = takeObject(link.parameters ?? {}, file, `${place} link ${name} parameters`);
    const operationId = takeText(link.operationId, file, `${place} link ${name} operationId`);
    return { operationId, parameters: parameters as Record<string, string> };
  });
}

/** Replaces each `$ref` by what it names; one that is named twice is resolved once and shared. */
function resolveRefs(document: Plain, file: string, schemas: Record<string, JsonSchema>): unknown {
  const done = new Map<string, unknown>();
  const visit = (value: unknown, trail: string[]): unknown => {
    if (Array.isArray(value)) return value.map((item) => visit(item, trail));
    if (!isObject(value)) return value;
    const copy: Plain = {};
    for (const [key, item] of Object.entries(value)) {
      // The mapping of a discriminator points at the schemas by reference, and those references are gone afterwards.
      if (key === 'discriminator' && isObject(item)) copy[key] = { propertyName: item.propertyName };
      else if (key !== '$ref') copy[key] = visit(item, trail);
    }
    const ref = value.$ref;
    if (typeof ref !== 'string') return copy;
    const target = follow(ref, trail);
    // Keywords beside a `$ref` stand beside what it names (JSON Schema 2020-12, core §8.2.3.1).
    return Object.keys(copy).length > 0 && isObject(target) ? { ...target, ...copy } : target;
  };
  const follow = (ref: string, trail: string[]): unknown => {
    if (trail.includes(ref)) throw broken(file, '$ref', 'references without a cycle', [...trail, ref].join(' → '));
    if (!done.has(ref)) done.set(ref, visit(lookUp(ref, document, schemas), [...trail, ref]));
    const target = done.get(ref);
    if (target === undefined) throw broken(file, '$ref', 'a reference to something that exists', ref);
    return target;
  };
  return visit(document, []);
}

function lookUp(ref: string, document: Plain, schemas: Record<string, JsonSchema>): unknown {
  const status = /^\.\/(\d+)\.json$/.exec(ref)?.[1];
  if (status) return schemas[status];
  if (!ref.startsWith('#/')) return undefined;
  let value: unknown = document;
  for (const token of ref.slice(2).split('/')) {
    const key = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

function readObject(file: string): Plain {
  const language = file.endsWith('.json') ? 'JSON' : 'YAML';
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file}: expected a readable file, found ${firstLine(error)}`);
  }
  let value: unknown;
  try {
    value = language === 'JSON' ? JSON.parse(text) : load(text);
  } catch (error) {
    throw new Error(`${file}: expected ${language}, found a mistake: ${firstLine(error)}`);
  }
  return takeObject(value, file, 'the document');
}

function takeObject(value: unknown, file: string, place: string): Plain {
  if (isObject(value)) return value;
  throw broken(file, place, 'an object', show(value));
}

function takeList(value: unknown, file: string, place: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw broken(file, place, 'a list', show(value));
}

function takeText(value: unknown, file: string, place: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw broken(file, place, 'text', show(value));
}

function broken(file: string, place: string, expected: string, found: string): Error {
  return new Error(`${file}: ${place}: expected ${expected}, found ${found}`);
}

function isObject(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .split('\n')[0]
    ?.replace(/:$/, '') as string;
}

function ascending(a: number, b: number): number {
  return a - b;
}
