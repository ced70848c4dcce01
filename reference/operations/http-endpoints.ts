import type { JsonObject } from '../request-body.ts';
import type { Item } from '../store.ts';
import type { Handler } from './call.ts';
import { create, get, list, type NamedObjects, remove, update } from './named-objects.ts';
import { describeEncryptedHeaders } from './secrets.ts';

const ENDPOINTS: NamedObjects = { kind: 'http_endpoints', parameter: 'endpoint_id_or_name', toFields, render };

/** The operations on HTTP endpoints, by operation id. */
export const HTTP_ENDPOINT_HANDLERS: Record<string, Handler> = {
  listHttpEndpoints: list(ENDPOINTS),
  createHttpEndpoint: create(ENDPOINTS),
  getHttpEndpoint: get(ENDPOINTS),
  updateHttpEndpoint: update(ENDPOINTS),
  deleteHttpEndpoint: remove(ENDPOINTS, 'deleted'),
};

/** Takes the fields that the endpoint's kind has: a webhook.site endpoint, a local one, or one with a URL. */
function toFields(body: JsonObject, before: JsonObject): JsonObject {
  const all: JsonObject = { ...before, ...body };
  if (all['webhook.site'] === true) return { 'webhook.site': true };
  const headers = { headers: all.headers ?? {}, encrypted_headers: all.encrypted_headers ?? {} };
  return all.local === true ? { local: true, path: all.path, ...headers } : { url: all.url, ...headers };
}

function render({ id, name, fields }: Item): JsonObject {
  if (fields['webhook.site'] === true) return { id, name, 'webhook.site': true };
  return { id, name, ...fields, encrypted_headers: describeEncryptedHeaders(fields.encrypted_headers) };
}
