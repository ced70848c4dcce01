import { describe, expect, test } from 'vitest';
import type { Style } from '../lister.ts';
import { byCursor, encode, look, makeThings, NUMBER, pageAt, RUN, TEXT } from '../paged-things.ts';

describe('a list that has no end is left', () => {
  test.each<[string, Style]>([
    ['that leads in a circle', byCursor('cursor', (cursor) => ({ next: cursor ?? encode(0) }))],
    [
      'that always has one more page of the same',
      { parameters: { page: NUMBER }, answer: (asked) => ({ body: { data: pageAt(asked, 0).data } }) },
    ],
    [
      'that gives another cursor each time and nothing new',
      {
        parameters: { cursor: TEXT },
        answer: (asked) => ({ body: { data: pageAt(asked, 0).data, next: `${asked.query.get('cursor')}x` } }),
      },
    ],
  ])('%s', async (_, style) => {
    const { asked, unseen } = await look(style);
    expect(asked.length).toBeLessThan(28);
    expect(unseen).toEqual([]);
  });

  test('that always has something new: after some thousands of pages, which is told', async () => {
    const { asked, unseen } = await look({
      parameters: { page: NUMBER },
      answer: (asked) => ({ body: { data: [{ id: Number(asked.query.get('page') ?? 0), name: 'new' }] } }),
    });
    expect(asked.length).toBe(3000);
    expect(unseen).toEqual(['GET /things has more pages than the 3000 that were looked through.']);
  });
});

describe('what could not be looked through is told', () => {
  test.each<[string, Style, string]>([
    ['a status', { answer: () => ({ status: 503, body: {} }) }, 'GET /things answered 503.'],
    [
      'no list',
      { answer: () => ({ body: { data: 'none' } }) },
      'GET /things shows no list where the contract has one.',
    ],
    [
      'no JSON',
      { answer: () => ({ body: '<html>' }) },
      'GET /things answered 200 with no JSON that can be read to its end.',
    ],
    [
      'a next page on another server, which is asked for nothing',
      { answer: (asked) => ({ body: { ...pageAt(asked, 0), next: 'https://elsewhere.example/api/things?x=1' } }) },
      'GET /things shows one page of several: its next page is said to be somewhere else: https://elsewhere.example/api/things?x=1.',
    ],
    [
      'a next page of something else',
      { answer: (asked) => ({ body: pageAt(asked, 0), headers: { link: '</api/users?page=2>; rel="next"' } }) },
      'GET /things shows one page of several: its next page is said to be somewhere else: /api/users?page=2.',
    ],
    [
      'a cursor for which there is no parameter',
      { answer: (asked) => ({ body: { data: pageAt(asked, 0).data, next_cursor: 'abc' } }) },
      'GET /things shows one page of several: its "next_cursor" fits no query parameter that the contract names.',
    ],
    [
      'that there is more, and no word of how to get it',
      { answer: (asked) => ({ body: { ...pageAt(asked, 0), next: undefined, has_more: true } }) },
      'GET /things shows one page of several: it says that there is more, and not how to ask for it.',
    ],
    [
      'an object that nothing addresses',
      { answer: () => ({ body: { data: [{ name: `ecc-${RUN}-x` }] } }) },
      `/things lists "ecc-${RUN}-x" and not what it is addressed by.`,
    ],
    [
      'a page in the middle that fails',
      {
        ...byCursor('cursor', (cursor) => ({ next: cursor })),
        answer: (asked) =>
          asked.query.has('cursor') ? { status: 500, body: {} } : { body: { ...pageAt(asked, 0), next: encode(2) } },
      },
      'GET /things answered 500.',
    ],
  ])('%s', async (_, style, sentence) => {
    expect((await look(style)).unseen).toEqual([sentence]);
  });
});

test('no server gets a secret by what it writes where the next page ought to be', async () => {
  const style: Style = {
    answer: (asked) => ({ body: { ...pageAt(asked, 0), next: `${asked.path}?x={{token}}&{{token}}=1` } }),
  };
  const { asked } = await look(style);
  expect(asked).toEqual(['', '?x=%7B%7Btoken%7D%7D&%7B%7Btoken%7D%7D=1']);
});

test('a whole number beyond 2^53 keeps its digits, as an id and as a cursor', async () => {
  const big = (index: number) => String(9_007_199_254_740_993n + 2n * BigInt(index));
  const things = makeThings(9).map((each, index) => ({ ...each, id: big(index) }));
  const style: Style = {
    parameters: { after: TEXT },
    answer(asked) {
      const after = asked.query.get('after');
      const { data, next } = pageAt(asked, 1 + asked.things.findIndex(({ id }) => id === after));
      const body = JSON.stringify({ data, next: next === undefined ? null : data.at(-1)?.id });
      return { body: body.replace(/"(\d{16,})"/g, '$1') };
    },
  };
  const { ids, due, found } = await look(style, { things });
  expect(ids).toEqual(due);
  expect(found[0]).toMatchObject({ removal: { operation: 'remove-things', params: { id: big(1) } } });
});
