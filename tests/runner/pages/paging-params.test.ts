import { expect, test } from 'vitest';
import { pagingOf, paramsFor } from '../../../runner/pages/paging-params.ts';
import type { JsonSchema } from '../../../schemas/contract.ts';

const list = (query: Record<string, JsonSchema>) => ({
  parameters: Object.entries(query).map(([name, schema]) => ({ name, in: 'query' as const, required: false, schema })),
});

test.each<[Record<string, JsonSchema>, ReturnType<typeof pagingOf>]>([
  [{ sort: {} }, { cursors: [] }],
  [
    { starting_after: {}, limit: { maximum: 100, default: 10 } },
    { cursors: ['starting_after'], after: 'starting_after', limit: { name: 'limit', most: 100 } },
  ],
  [
    { page: { default: 1 }, 'per-page': { exclusiveMaximum: 51 } },
    { cursors: [], page: { name: 'page', first: 1 }, limit: { name: 'per-page', most: 50 } },
  ],
  [
    { 'page[number]': { minimum: 0 }, 'page[size]': { enum: [10, 25] } },
    { cursors: [], page: { name: 'page[number]', first: 0 }, limit: { name: 'page[size]', most: 25 } },
  ],
  [
    { offset: {}, limit: {} },
    { cursors: [], offset: 'offset' },
  ],
  [
    { pageToken: {}, maxResults: { allOf: [{ maximum: 5000 }] } },
    { cursors: ['pageToken'], limit: { name: 'maxResults', most: 1000 } },
  ],
])('of %j: %j', (query, paging) => {
  expect(pagingOf(list(query))).toEqual(paging);
});

test.each([
  ['next_page_token', ['page_token']],
  ['nextPageToken', ['page_token']],
  ['next_page', ['page']],
  ['end_cursor', ['cursor']],
  ['next', []],
])('the field %s is for %j', (field, params) => {
  expect(paramsFor(field, list({ page_token: {}, page: {}, cursor: {} }))).toEqual(params);
});
