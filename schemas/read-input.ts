import type { Json, JsonSchema, Parameter, RequestBody } from './contract.ts';
import { KEYS } from './openapi-keys.ts';
import { entriesOf, type Part, partAt, refuse, takeFlag, takeList, takeObject, takeText } from './part.ts';

/** Reads the parameters of an operation: its own, and those of its path that it does not replace. */
export function readParameters(path: Part, operation: Part): Parameter[] {
  return listParameters(path, operation).map((part) => ({
    name: takeText(partAt(part, 'name')),
    in: takeLocation(part),
    required: takeFlag(partAt(part, 'required')),
    schema: takeObject(partAt(part, 'schema')) as JsonSchema,
  }));
}

/** The parts that describe the parameters of an operation. */
export function listParameters(path: Part, operation: Part): Part[] {
  const merged = new Map<string, Part>();
  for (const holder of [path, operation]) {
    const own = new Set<string>();
    const list = partAt(holder, 'parameters');
    for (const part of list.value === undefined ? [] : takeList(list)) {
      takeObject(part, KEYS.parameter);
      const key = `${takeLocation(part)} ${takeText(partAt(part, 'name'))}`;
      if (own.has(key)) throw refuse(part, 'each parameter once', `the ${key.replace(' ', ' parameter ')} twice`);
      own.add(key);
      // The operation's own parameter replaces the path's of the same name and place (OpenAPI 3.1 §4.8.9.1).
      merged.set(key, part);
    }
  }
  return [...merged.values()];
}

function takeLocation(part: Part): Parameter['in'] {
  const location = partAt(part, 'in');
  if (location.value === 'path' || location.value === 'query') return location.value;
  throw refuse(location, 'one of path, query');
}

/** Reads a request body of JSON; undefined where there is none. */
export function readBody(part: Part): RequestBody | undefined {
  if (part.value === undefined) return undefined;
  takeObject(part, KEYS.body);
  const media = mediaOf(part);
  takeObject(media, KEYS.media);
  const examples = entriesOf(partAt(media, 'examples')).map(([name, example]): [string, Json] => {
    takeObject(example, KEYS.example);
    const value = partAt(example, 'value');
    if (value.value === undefined) throw refuse(value, 'a body');
    return [name, value.value as Json];
  });
  if (examples.length === 0) throw refuse(partAt(media, 'examples'), 'at least one example', 'none');
  const schema = takeObject(partAt(media, 'schema')) as JsonSchema;
  return { required: takeFlag(partAt(part, 'required')), schema, examples: Object.fromEntries(examples) };
}

/** The part of a request body that describes its JSON. */
export function mediaOf(body: Part): Part {
  return partAt(body, 'content', 'application/json');
}
