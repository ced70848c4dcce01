import { describe, expect, test } from 'vitest';
import { findNamed, type Inventory } from '../../runner/inventory.ts';
import { markPurpose } from '../../runner/mark.ts';
import { bearsMark, newRunId } from '../../runner/run-id.ts';
import { findOwn, sweep } from '../../runner/sweep.ts';
import { listerContract, type Style, sessionFor, startLister, type Thing } from './lister.ts';
import { byCursor, encode, look, makeThings, NUMBER, pageAt, RUN, TEXT } from './paged-things.ts';
import { shopContract } from './shop/contract.ts';
import { startShop } from './shop/server.ts';

const STYLES: [string, Style][] = [
  [
    'a Link header',
    {
      answer(asked) {
        const { data, next } = pageAt(asked, Number(asked.query.get('from') ?? 0));
        const link =
          next && `<${asked.path}?x=a,b>; rel="first last", <${asked.path}?from=${next}>; title="a; b"; rel=next`;
        return { body: { data }, ...(link && { headers: { link } }) };
      },
    },
  ],
  [
    'a link of the contract to itself',
    byCursor('weiter', (cursor) => ({ forth: { to: cursor } }), [
      { operationId: 'list-things', parameters: { 'query.weiter': '$response.body#/forth/to' } },
    ]),
  ],
  [
    '"next" with a whole URL',
    byCursor('cursor', (cursor, { origin, path }) => ({ next: cursor && `${origin}${path}?cursor=${cursor}` })),
  ],
  [
    '"links.next" with a path',
    byCursor('c', (cursor, { path }) => ({ links: { next: cursor && `${path}?c=${encodeURIComponent(cursor)}` } })),
  ],
  [
    '"_links.next.href" with a query',
    byCursor('c', (cursor) => ({ _links: cursor ? { next: { href: `?c=${cursor}` } } : {} })),
  ],
  ['"next_cursor" and "cursor"', byCursor('cursor', (cursor) => ({ next_cursor: cursor ?? '' }))],
  ['"nextPageToken" and "page_token"', byCursor('page_token', (cursor) => (cursor ? { nextPageToken: cursor } : {}))],
  ['"meta.next_cursor" and "page[after]"', byCursor('page[after]', (cursor) => ({ meta: { next_cursor: cursor } }))],
  ['"pagination.next" and "after"', byCursor('after', (cursor) => ({ pagination: { next: cursor } }))],
  [
    '"pageInfo.endCursor" and "hasNextPage"',
    byCursor('after', (cursor) => ({ pageInfo: { endCursor: cursor ?? encode(0), hasNextPage: cursor !== null } })),
  ],
  [
    '"next_page" as a number',
    {
      parameters: { page: NUMBER },
      answer(asked) {
        const page = Number(asked.query.get('page') ?? 1);
        const { data, next } = pageAt(asked, 2 * page - 2);
        return { body: { data, meta: { next_page: next ? page + 1 : null } } };
      },
    },
  ],
  [
    '"has_more" and "starting_after"',
    {
      parameters: { starting_after: TEXT, limit: NUMBER },
      answer(asked) {
        const after = asked.query.get('starting_after');
        const { data, next } = pageAt(asked, 1 + asked.things.findIndex(({ id }) => String(id) === after));
        return { body: { data, has_more: next !== undefined } };
      },
    },
  ],
  ...[0, 1].map((first): [string, Style] => [
    `"page", counted from ${first}`,
    {
      parameters: { page: NUMBER },
      answer: (asked) => ({
        body: { data: pageAt(asked, 2 * (Number(asked.query.get('page') ?? first) - first)).data },
      }),
    },
  ]),
  [
    '"page[number]", and 404 behind the last one',
    {
      parameters: { 'page[number]': { type: 'integer', default: 1 } },
      answer(asked) {
        const { data } = pageAt(asked, 2 * Number(asked.query.get('page[number]') ?? 1) - 2);
        return { body: { data }, status: data.length > 0 ? 200 : 404 };
      },
    },
  ],
  [
    '"offset" and "limit"',
    {
      parameters: { offset: NUMBER, limit: NUMBER },
      answer: (asked) => ({ body: { data: pageAt(asked, Number(asked.query.get('offset') ?? 0)).data } }),
    },
  ],
];

describe('with pages of two objects all of them are found', () => {
  test.each(STYLES)('by %s', async (_, style) => {
    const { ids, due, unseen, asked } = await look(style);
    expect(unseen).toEqual([]);
    expect(ids).toEqual(due);
    expect(ids.length).toBe(32);
    expect(asked.length).toBeLessThan(28);
  });
});

test('the largest page that is documented is asked for, and a smaller one where that is refused', async () => {
  const style: Style = {
    parameters: { page: NUMBER, per_page: { allOf: [{ type: 'integer', maximum: 20 }] } },
    answer(asked) {
      const size = Number(asked.query.get('per_page') ?? 2);
      return { body: { data: pageAt(asked, size * (Number(asked.query.get('page') ?? 1) - 1), size).data } };
    },
  };
  const large = await look(style);
  expect(large.ids).toEqual(large.due);
  expect(large.asked).toEqual([
    '?per_page=20',
    '?per_page=20&page=1',
    '?per_page=20&page=2',
    '?per_page=20&page=3',
    '?per_page=20&page=4',
  ]);
  const refusing: Style = {
    ...style,
    answer: (asked) => (asked.query.has('per_page') ? { status: 400, body: {} } : style.answer(asked)),
  };
  const small = await look(refusing);
  expect(small.ids).toEqual(small.due);
  expect(small.unseen).toEqual([]);
});

describe('objects are found wherever the contract has their list', () => {
  const single = (wrap: (data: Thing[]) => unknown): Style => ({ answer: ({ things }) => ({ body: wrap(things) }) });
  test.each<[string, string, (data: Thing[]) => unknown]>([
    ['a bare array', '/0/id', (data) => data],
    ['within two others', '/result/items/0/id', (items) => ({ result: { items, count: items.length } })],
    [
      'each in a wrapper of its own',
      '/data/0/attributes/id',
      (data) => ({ data: data.map((each) => ({ ...each, attributes: each })) }),
    ],
  ])('%s', async (_, place, wrap) => {
    const { ids, due, unseen } = await look(single(wrap), { place });
    expect(ids).toEqual(due);
    expect(unseen).toEqual([]);
  });

  test('an empty one may be null', async () => {
    expect(await look({ answer: () => ({ body: { data: null } }) })).toMatchObject({ found: [], unseen: [] });
  });
});

describe('names are recognised that came back', () => {
  test.each<[string, (name: string) => string]>([
    ['in capitals', (name) => name.toUpperCase()],
    ['cut short', (name) => name.slice(0, 29)],
    ['with a prefix', (name) => `tenant-7/${name}`],
    ['with something behind', (name) => `${name} (copy)`],
    ['with other separators', (name) => name.replaceAll('-', '_')],
    ['without separators', (name) => name.replaceAll('-', '')],
  ])('%s: all of them are removed', async (_, change) => {
    const run = newRunId(Date.now(), () => 0.3);
    const things = makeThings(32, (index) => change(`ecc-${run}-things-${index}`));
    things.push({ id: 9, name: change(`ecc-${run}-${markPurpose(Date.now() - 62 * 60_000)}`) });
    const style = byCursor('cursor', (cursor) => ({ next: cursor }));
    const lister = await startLister(style, things);
    const session = sessionFor(listerContract(style), lister);
    expect((await findOwn(session, run)).found.length).toBe(22);
    expect(await sweep(session)).toEqual({ found: 22, left: [], notes: [] });
    expect(things.map(({ name }) => name).filter((name) => !name.startsWith('stranger'))).toEqual([]);
    await lister.close();
  });
});

test('lists below another object are looked through for each of ours, and below no other', async () => {
  const collections = ['/teams', '/teams/{id}/labels'];
  const shop = await startShop(collections);
  const session = sessionFor(shopContract(collections), shop);
  const headers = { authorization: `Bearer ${shop.token}`, 'content-type': 'application/json' };
  const post = (path: string, name: string) =>
    fetch(shop.url + path, { method: 'POST', headers, body: JSON.stringify({ name }) });
  await post('/teams', `ecc-${RUN}-one`);
  await post('/teams', 'one of ours that bears no mark');
  for (const team of [1004, 1005, 1001]) await post(`/teams/${team}/labels`, `ecc-${RUN}-label`);
  const isOurs = (name: string) => bearsMark(name, RUN);
  const paths = ({ found }: Inventory) => found.map(({ params }) => Object.values(params).join('/'));
  expect(paths(await findNamed(session, isOurs))).toEqual(['1004', '1004/1001']);
  const parents = { teams: [{ id: '1005' }] };
  const given = paths(await findNamed(session, isOurs, session.resources, parents));
  expect(given).toEqual(['1004', '1005/1001', '1004/1001']);
  await shop.close();
});
