import type { Alteration } from '../alteration.ts';
import { withBody } from '../altering.ts';
import type { Call, Handler } from '../operations/call.ts';
import type { Variant } from './variant.ts';

/** Changes objects on their way out and parameters on their way in, of all operations. */
function translated(
  outward: (object: Record<string, unknown>) => Record<string, unknown>,
  inward: (call: Call) => Partial<Call>,
): NonNullable<Alteration['parts']> {
  const show = (value: unknown): unknown => {
    const object = value as Record<string, unknown>;
    if (!('data' in object)) return outward(object);
    const { data } = object;
    return { ...object, data: Array.isArray(data) ? data.map(show) : show(data) };
  };
  const wrap =
    (own: Handler): Handler =>
    async (call) =>
      show(await own({ ...call, ...inward(call) }));
  return ({ handlers }) => ({
    handlers: Object.fromEntries(Object.entries(handlers).map(([id, own]) => [id, wrap(own)])),
  });
}

/** A variant whose ids are of another form; each start has a list of its own. */
function identified(id: string, differs: string, make: (number: number) => string | number): Variant {
  return {
    id: `ids-${id}`,
    differs,
    parts: (parts) => {
      const shown = new Map<unknown, string | number>();
      const meant = new Map<string, string>();
      return translated(
        (object) => {
          if (typeof object.id !== 'string') return object;
          const own = shown.get(object.id) ?? make(shown.size + 1);
          shown.set(object.id, own);
          meant.set(String(own), object.id);
          return { ...object, id: own };
        },
        ({ params }) => ({
          params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, meant.get(value) ?? value])),
        }),
      )(parts);
    },
  };
}

/** Stands at the end of every name as clients see it. */
const MARK = ' «no. 7/ä» ☂ 100%';

function withoutMark<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(MARK, '')) as Value;
}

/** Unusual successes, on which errors are built. */
export const SUCCESS: Variant[] = [
  identified('numbers', 'ids are integers', (number) => 9_000_000_000_000 + number),
  identified('prefixed', 'ids have a prefix and capitals', (number) => `obj_01J9Z3K7QX8R5T2V4W6Y${number}ABC`),
  identified('spaces', 'ids with spaces, Unicode and reserved characters', (number) => `№ ${number}/é?#%&+=;"'ы`),
  identified('long', 'ids of 400 characters', (number) => `${number}-${'x'.repeat(400)}`),
  {
    ...identified('snowflake', 'ids are integers of 19 digits, beyond what a double holds', (number) =>
      String(1_790_000_000_000_000_000n + BigInt(number)),
    ),
    answer: (answer) => withBody(answer, String(answer.body).replace(/"id":"(179\d{16})"/g, '"id":$1')),
  },
  {
    id: 'names-capitals',
    differs: 'names in capitals, whichever way they are sent',
    parts: translated(
      (object) => (typeof object.name === 'string' ? { ...object, name: object.name.toUpperCase() } : object),
      ({ params, body }) => ({
        params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value.toLowerCase()])),
        body: JSON.parse(
          JSON.stringify(body).replace(/"(?:name|database|http_endpoint)":"[^"\\]*"/g, (field) => field.toLowerCase()),
        ) as Call['body'],
      }),
    ),
  },
  {
    id: 'names-unicode',
    differs: 'names that the server completes, with spaces and Unicode',
    parts: translated(
      (object) => (typeof object.name === 'string' ? { ...object, name: object.name + MARK } : object),
      ({ params, body }) => ({ params: withoutMark(params), body: withoutMark(body) }),
    ),
  },
  {
    id: 'success-more-fields',
    differs: 'successes with fields that nobody documented',
    parts: translated(
      (object) => ({ object: 'thing', links: { self: '/' }, errors: [], summary: null, ...object }),
      () => ({}),
    ),
  },
  {
    id: 'success-201',
    differs: 'a creation is answered 201',
    answer: (answer, { method }) => (method === 'POST' && answer.status === 200 ? { ...answer, status: 201 } : answer),
  },
  {
    id: 'success-204',
    differs: 'a deletion is answered 204, without content',
    answer: (answer, { method }) =>
      method === 'DELETE' && answer.status === 200
        ? { raw: 'HTTP/1.1 204 No Content\r\ncache-control: no-store\r\nconnection: close\r\n\r\n' }
        : answer,
  },
  {
    id: 'success-202',
    differs: 'a change is answered 202, with an empty object',
    answer: (answer, { method }) =>
      ['PUT', 'PATCH'].includes(method) && answer.status === 200 ? withBody({ ...answer, status: 202 }, {}) : answer,
  },
];
