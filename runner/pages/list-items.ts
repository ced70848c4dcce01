import { pointerTokens, valueAt } from '../../model/json-pointer.ts';
import { renameParams } from '../../plan/places.ts';
import { linkedParams, type Resource } from '../../plan/resources.ts';
import type { Json, Operation } from '../../schemas/contract.ts';
import { readExpression } from '../../schemas/links.ts';

/** An object as a list shows it; `params` address it by the resource's path, and are absent where nothing in it does. */
export type Item = { value: Json; params?: Record<string, string> };

/** The operation on one object that the list operation links to, by which is known where its objects stand; undefined when there is none. */
export function linkedOperation({ list, read, update, remove, item }: Resource): Operation | undefined {
  return [read, remove, update, item].find((each) => list?.links.some(({ operationId }) => operationId === each?.id));
}

/** The objects of an answer of the list operation that was sent with these path parameters; undefined when it is no list. */
export function itemsOf(resource: Resource, body: Json, params: Record<string, string>): Item[] | undefined {
  const { list, path } = resource;
  const target = linkedOperation(resource);
  const place = list && target && placeOf(list, target, body);
  if (!place) return undefined;
  return place.items.map((value) => {
    // The contract's links point at the first of a list.
    const linked = linkedParams(list, target, withOnly(body, place.tokens, value), params);
    return { value, ...(linked && { params: renameParams(target.path, linked, path) }) };
  });
}

function placeOf(list: Operation, target: Operation, body: Json): { tokens: string[]; items: Json[] } | undefined {
  const link = list.links.find(({ operationId }) => operationId === target.id);
  for (const expression of Object.values(link?.parameters ?? {})) {
    const read = readExpression(expression);
    if (!read || !('pointer' in read)) continue;
    const tokens = pointerTokens(read.pointer);
    for (const [index, token] of tokens.entries()) {
      if (token !== '0') continue;
      const own = tokens.slice(0, index);
      const items = valueAt(
        body,
        read.pointer
          .split('/')
          .slice(0, index + 1)
          .join('/'),
      );
      if (Array.isArray(items)) return { tokens: own, items };
      // An empty list of Go's.
      if (items === null) return { tokens: own, items: [] };
    }
  }
  return undefined;
}

/** The body with one item in place of its list. */
function withOnly(body: Json, [token, ...rest]: string[], item: Json): Json {
  if (token === undefined || body === null || typeof body !== 'object' || Array.isArray(body)) return [item];
  return { ...body, [token]: withOnly(body[token] ?? null, rest, item) };
}
