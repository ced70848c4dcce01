import { createHash } from 'node:crypto';
import type { Alteration } from '../../reference/alteration.ts';
import { both, type Dialect, type Loose } from './dialect.ts';

const UUID = /"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/g;

/** Counted ids in place of random ones. */
function countedIds(): Alteration {
  const numbers = new Map<string, number>();
  const ids = new Map<string, string>();
  const numberOf = (id: string) => {
    const known = numbers.get(id) ?? 1000 + numbers.size;
    numbers.set(id, known);
    ids.set(String(known), id);
    return String(known);
  };
  // One that nothing has is a UUID that nothing has.
  const idOf = (number: string) => {
    const hex = createHash('sha256').update(number).digest('hex');
    return ids.get(number) ?? hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');
  };
  return {
    request(request) {
      request.url = (request.url ?? '').replace(/\/(\d+)(?=[/?]|$)/g, (_, number: string) => `/${idOf(number)}`);
    },
    answer: (answer) => ({
      ...answer,
      body: answer.status < 300 ? String(answer.body).replace(UUID, (_, id: string) => numberOf(id)) : answer.body,
    }),
  };
}

/** What is no number in place of an id cannot be read. */
const refusesNames: Alteration = {
  answer: (answer, { path }) =>
    answer.status === 404 && /\/http_endpoints\/(?!\d+$)[^/]+$/.test(path)
      ? { ...answer, status: 400, body: '{"summary":"The id is no number."}' }
      : answer,
};

/** Contracts of another shape. */
export const SHAPES: Dialect[] = [
  {
    id: 'counted-ids',
    publishes: 'ids that are counted',
    publish(document) {
      for (const name of ['SinkIdOrName', 'BackfillId', 'EndpointIdOrName', 'DatabaseIdOrName'])
        document.components.parameters[name].schema = { type: 'integer', format: 'int64', minimum: 1 };
    },
    keep: () => both(countedIds(), refusesNames),
    provokes: [400, 401, 404, 422],
    breaches: [
      {
        id: 'counted-ids-unknown-is-400',
        breaks: 'an id that nothing has is answered 400',
        trips: ['meaning-404'],
        answer: (answer) =>
          answer.status === 404 ? { ...answer, status: 400, body: '{"summary":"There is none."}' } : answer,
      },
    ],
  },
  {
    id: 'no-links',
    publishes: 'nothing of how one operation leads to another',
    publish(document) {
      const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null;
      const walk = (node: unknown): void => {
        if (!isObject(node)) return;
        for (const key of ['links', 'x-references', 'x-refused-while-used-by']) delete node[key];
        for (const child of Object.values(node)) walk(child);
      };
      walk(document);
    },
    keep: () => ({}),
    provokes: [400, 401, 404, 422],
    breaches: [
      {
        id: 'no-links-and-no-summary',
        breaks: 'a 401 has no summary',
        trips: ['fields-401'],
        answer: (answer) => (answer.status === 401 ? { ...answer, body: '{}' } : answer),
      },
    ],
  },
];
