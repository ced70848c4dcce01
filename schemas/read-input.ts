import type { Json, JsonSchema, Operation, Parameter, ParameterPlace, RequestBody } from './contract.ts';
import { isJsonType } from './media-type.ts';
import { KEYS } from './openapi-keys.ts';
import { entriesOf, type Part, partAt, refuse, takeFlag, takeList, takeObject, takeText } from './part.ts';
import { sampleOf } from './sample.ts';

/** Reads the parameters of an operation: its own, and those of its path that it does not replace. */
export function readParameters(path: Part, operation: Part): Parameter[] {
  return listParameters(path, operation).flatMap((part) => {
    const [name, place] = [takeText(partAt(part, 'name')), takeLocation(part)];
    // These are told elsewhere in a document, and are to be passed over here (OpenAPI 3.1 §4.8.12.2.1).
    if (place === 'header' && /^(?:accept|content-type|authorization)$/i.test(name)) return [];
    const schema = partAt(part, 'schema');
    const example = exampleOf(part);
    return {
      name,
      in: place,
      required: takeFlag(partAt(part, 'required')),
      // What is described by a media type in place of a schema is sent as its example.
      schema: partAt(part, 'content').value === undefined ? (takeObject(schema) as JsonSchema) : {},
      ...(example !== undefined && { example }),
    };
  });
}

/** The value that the document itself gives for a parameter or a body. */
function exampleOf(part: Part): Json | undefined {
  const own = partAt(part, 'example');
  if (own.value !== undefined) return own.value as Json;
  const examples = partAt(part, 'examples');
  return examples.value === undefined ? undefined : Object.values(readExamples(examples))[0];
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

const PLACES: readonly ParameterPlace[] = ['path', 'query', 'header', 'cookie'];

function takeLocation(part: Part): ParameterPlace {
  const location = partAt(part, 'in');
  const place = PLACES.find((each) => each === location.value);
  if (place === undefined) throw refuse(location, `one of ${PLACES.join(', ')}`);
  return place;
}

/**
 * Reads a request body of JSON; nothing where there is none. Where the document has no example, one is made of the schema, if that can be
 * done. A body that is never JSON is told by its media types.
 */
export function readBody(part: Part): Pick<Operation, 'body' | 'foreignBody'> {
  if (part.value === undefined) return {};
  takeObject(part, KEYS.body);
  const media = mediaOf(part);
  if (!media) return { foreignBody: Object.keys(takeObject(partAt(part, 'content'))) };
  takeObject(media, KEYS.media);
  const described = partAt(media, 'schema');
  const schema = described.value === undefined ? {} : (takeObject(described) as JsonSchema);
  const mediaType = String(media.place.at(-1));
  const body: RequestBody = {
    required: takeFlag(partAt(part, 'required')),
    schema,
    examples: examplesOf(media, schema),
  };
  if (mediaType !== JSON_TYPE && mediaType !== '*/*') body.mediaType = mediaType;
  return { body };
}

function examplesOf(media: Part, schema: JsonSchema): RequestBody['examples'] {
  const examples = partAt(media, 'examples');
  if (examples.value !== undefined) {
    const read = readExamples(examples);
    if (Object.keys(read).length === 0) throw refuse(examples, 'at least one example', 'none');
    return read;
  }
  const example = exampleOf(media) ?? sampleOf(schema);
  if (example === undefined)
    throw refuse(partAt(media, 'examples'), 'an example, since none can be made of the schema', 'none');
  return { example };
}

function readExamples(part: Part): Record<string, Json> {
  const entries = entriesOf(part).flatMap(([name, example]): [string, Json][] => {
    takeObject(example, KEYS.example);
    const value = partAt(example, 'value');
    // What lies elsewhere is not fetched.
    if (value.value === undefined && partAt(example, 'externalValue').value !== undefined) return [];
    if (value.value === undefined) throw refuse(value, 'a value');
    return [[name, value.value as Json]];
  });
  return Object.fromEntries(entries);
}

const JSON_TYPE = 'application/json';

/** The part of a request body that describes its JSON: application/json, or else a type that ends in +json; undefined where there is none. */
export function mediaOf(body: Part): Part | undefined {
  const content = partAt(body, 'content');
  const types = content.value === undefined ? [] : Object.keys(takeObject(content));
  const type =
    types.find((each) => each === JSON_TYPE) ?? types.find(isJsonType) ?? types.find((each) => each === '*/*');
  return type === undefined ? undefined : partAt(content, type);
}
