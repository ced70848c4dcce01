import { ApiError, unauthorized } from '../../errors.ts';
import type { Call, Handler } from '../../operations/call.ts';
import type { JsonObject } from '../../request-body.ts';
import { findItem, type Kind, putItem, removeItem } from '../../store.ts';
import type { Seeded } from '../mutant.ts';
import { handling, isFor, mainStore, type Rewire } from './rewire.ts';

/** Does something before an error of one operation is thrown on; what that itself fails over is nobody's concern. */
function before(operation: string, status: number, act: (call: Call, own: Handler, error: ApiError) => void): Rewire {
  return handling(operation, (call, own) => {
    try {
      return own(call);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== status) throw error;
      try {
        act(call, own, error);
      } catch {
        // It is the error that counts.
      }
      throw error;
    }
  });
}

/** The body without the fields that are at fault. */
function sound({ body }: Call, { validationErrors = {} }: ApiError): JsonObject {
  const wrong = new Set(Object.keys(validationErrors).map((path) => path.split('.')[0]));
  return Object.fromEntries(Object.entries(body).filter(([name]) => !wrong.has(name)));
}

/** Puts an object of a body into the store, as a handler would that writes before it looks. */
function store(call: Pick<Call, 'store'>, kind: Kind, body: JsonObject): void {
  const { name } = body;
  if (typeof name !== 'string' || findItem(call.store as Call['store'], kind, name)) return;
  const now = new Date().toISOString();
  const given = Object.entries(body).filter(([field]) => field !== 'name');
  const fields: JsonObject = { headers: {}, encrypted_headers: {}, ...Object.fromEntries(given) };
  putItem(call.store, kind, { id: crypto.randomUUID(), name, insertedAt: now, updatedAt: now, fields });
}

function effective(
  status: number,
  id: string,
  breaks: string,
  operation: string,
  parts: Rewire,
  besides: string[] = [],
): Seeded {
  const check = status === 400 ? 'effect-behind-error' : `effect-${status}`;
  return { id: `meaning-${status}-${id}`, breaks, where: { operation, status }, trips: [check, ...besides], parts };
}

/** Bodies of requests that nobody vouches for, which reach the handler all the same. */
const asStranger: Rewire = (parts) => {
  const strangers = new WeakSet<object>();
  const bodies = new WeakSet<object>();
  const { authenticate, parseBody } = parts;
  return {
    authenticate: (request) => {
      try {
        return authenticate(request);
      } catch (error) {
        if (!isFor('createPostgresDatabase', request) || request.headers.authorization !== undefined) throw error;
        strangers.add(request);
        return 'ordinary';
      }
    },
    parseBody: (request, body, required) => {
      const parsed = parseBody(request, body, required);
      if (parsed && strangers.has(request)) bodies.add(parsed);
      return parsed;
    },
    ...handling('createPostgresDatabase', (call, own) => {
      if (!bodies.has(call.body)) return own(call);
      try {
        own(call);
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: whatever came of it, the answer is this one.
        throw unauthorized(false);
      }
    })(parts),
  };
};

/** Errors that are what they should be, but that what they refuse was done. */
export const EFFECTS: Seeded[] = [
  effective(
    422,
    'made',
    'what is refused is made all the same',
    'createHttpEndpoint',
    before('createHttpEndpoint', 422, (call, _, error) => store(call, 'http_endpoints', sound(call, error))),
  ),
  effective(
    422,
    'changed',
    'of a change that is refused, the fields that are valid are kept',
    'updateHttpEndpoint',
    before('updateHttpEndpoint', 422, (call, own, error) => own({ ...call, body: sound(call, error) })),
  ),
  effective(
    422,
    'removed',
    'what is in use is said to be, and removed',
    'deletePostgresDatabase',
    before('deletePostgresDatabase', 422, (call) => {
      const item = findItem(call.store, 'postgres_databases', call.params.id_or_name ?? '');
      if (item) removeItem(call.store, 'postgres_databases', item);
    }),
    // It is asked for twice, and is not there any more for the second.
    ['meaning-422', 'stable-answer'],
  ),
  effective(
    403,
    'changed-unseen',
    'a hidden object is changed, and then said to be hidden',
    'updateSink',
    before('updateSink', 403, (call, own) => own({ ...call, caller: 'administrator' })),
  ),
  effective(
    403,
    'removed',
    'a hidden object is removed, and then said to be hidden',
    'deleteHttpEndpoint',
    before('deleteHttpEndpoint', 403, (call) => {
      const item = findItem(call.store, 'http_endpoints', call.params.endpoint_id_or_name ?? '');
      if (item) removeItem(call.store, 'http_endpoints', item);
    }),
  ),
  effective(
    404,
    'made',
    'a change of what does not exist makes it, and says that it does not exist',
    'updatePostgresDatabase',
    before('updatePostgresDatabase', 404, (call) => store(call, 'postgres_databases', call.body)),
  ),
  effective(401, 'made', 'who nobody knows makes something, and is refused', 'createPostgresDatabase', asStranger),
  effective(400, 'made', 'a body of another content type is stored, and refused', 'createHttpEndpoint', (parts) => ({
    parseBody: (request, body, required) => {
      try {
        return parts.parseBody(request, body, required);
      } catch (error) {
        const isOther = isFor('createHttpEndpoint', request) && request.headers['content-type'] === 'text/plain';
        if (isOther && Buffer.isBuffer(body))
          store({ store: mainStore(parts) }, 'http_endpoints', JSON.parse(body.toString()) as JsonObject);
        throw error;
      }
    },
  })),
];
