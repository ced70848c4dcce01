import type { Link, Operation } from './contract.ts';
import { KEYS, METHODS } from './openapi-keys.ts';
import { entriesOf, type Part, partAt, refuse, takeFlag, takeList, takeObject, takeText } from './part.ts';
import { readAnswers } from './read-answers.ts';
import { readBody, readParameters } from './read-input.ts';
import { readResponses } from './read-responses.ts';
import { readSecurity } from './security.ts';
import { readServer } from './servers.ts';

/** Reads the operations of an OpenAPI document whose references are resolved; `statuses` are the published errors. */
export function readOperations(document: Part, statuses: readonly number[]): Operation[] {
  const paths = partAt(document, 'paths');
  const givesReasons = entriesOf(paths).some(([, item]) =>
    METHODS.some((method) => partAt(item, method, 'x-not-applicable').value !== undefined),
  );
  return entriesOf(paths).flatMap(([path, item]) => {
    if (!path.startsWith('/')) throw refuse(item, 'a path that begins with /', path);
    const methods = Object.keys(takeObject(item, KEYS.path)).filter((key) => METHODS.includes(key));
    return methods.map((method) =>
      readOperation(partAt(item, method), { document, method, path, item, statuses, givesReasons }),
    );
  });
}

type Route = {
  document: Part;
  method: string;
  path: string;
  item: Part;
  statuses: readonly number[];
  givesReasons: boolean;
};

function readOperation(part: Part, { document, method, path, item, statuses, givesReasons }: Route): Operation {
  takeObject(part, KEYS.operation);
  const responses = partAt(part, 'responses');
  const { successes, errors, errorBodies } = readResponses(responses, statuses);
  const security = readSecurity(document, part);
  const refusing = partAt(part, 'x-refused-while-used-by');
  return {
    id: takeTextOr(partAt(part, 'operationId'), idOf(method, path)),
    method: method.toUpperCase(),
    path,
    tag: readTag(partAt(part, 'tags'), path),
    summary: takeTextOr(partAt(part, 'summary'), `${method.toUpperCase()} ${path}`),
    parameters: readParameters(item, part),
    ...(security && { security }),
    ...readServer(document, item, part),
    ...readBody(partAt(part, 'requestBody')),
    successes,
    errors,
    errorBodies,
    notApplicable: givesReasons ? readReasons(part, statuses, errors) : makeReasons(statuses, errors),
    ...readAnswers(partAt(part, 'x-answers'), statuses),
    links: successes.flatMap((status) => readLinks(partAt(responses, String(status)))),
    ...(refusing.value !== undefined && { refusedWhileUsedBy: takeText(refusing) }),
    ...(takeFlag(partAt(part, 'x-needs-live-object')) && { needsLiveObject: true }),
  };
}

/** What an operation is called that has no name: `get-things-id`. */
function idOf(method: string, path: string): string {
  return `${method} ${path}`.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '');
}

/** The first of its tags, or what its path begins with. */
function readTag(part: Part, path: string): string {
  const [first] = part.value === undefined ? [] : takeList(part);
  return first ? takeText(first) : (path.split('/').find((each) => each !== '' && !each.includes('{')) ?? 'operations');
}

function takeTextOr(part: Part, other: string): string {
  return part.value === undefined ? other : takeText(part);
}

/** Where a document gives no reasons at all, that it says nothing is one. */
function makeReasons(statuses: readonly number[], errors: number[]): Record<string, string> {
  const others = statuses.filter((status) => !errors.includes(status));
  return Object.fromEntries(others.map((status) => [status, 'the contract does not document it here']));
}

/** Every published status must be accounted for exactly once, or a cell of the matrix would have no meaning. */
function readReasons(part: Part, statuses: readonly number[], errors: number[]): Record<string, string> {
  const place = partAt(part, 'x-not-applicable');
  const entries = place.value === undefined ? [] : entriesOf(place);
  const reasons = Object.fromEntries(entries.map(([status, reason]) => [status, takeText(reason)]));
  const stray = entries.find(([status]) => !statuses.includes(Number(status)));
  if (stray) throw refuse(stray[1], 'only published statuses', stray[0]);
  for (const status of statuses) {
    const isDocumented = errors.includes(status);
    if (isDocumented !== String(status) in reasons) continue;
    const expected = 'each published status in either `responses` or `x-not-applicable`';
    throw refuse(part, expected, `${status} in ${isDocumented ? 'both' : 'neither'}`);
  }
  return reasons;
}

function readLinks(response: Part): Link[] {
  takeObject(response, KEYS.response);
  const links = partAt(response, 'links');
  if (links.value === undefined) return [];
  return entriesOf(links).map(([, link]) => {
    takeObject(link, KEYS.link);
    const parameters = partAt(link, 'parameters');
    const entries = parameters.value === undefined ? [] : entriesOf(parameters);
    return {
      operationId: takeText(partAt(link, 'operationId')),
      parameters: Object.fromEntries(entries.map(([name, expression]) => [name, takeText(expression)])),
    };
  });
}
