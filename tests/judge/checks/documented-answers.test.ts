import { describe, expect, test } from 'vitest';
import { makeCatalogue } from '../../../judge/checks/catalogue.ts';
import { judgeExchange } from '../../../judge/judge.ts';
import type { Law } from '../../../judge/law.ts';
import { makeRules } from '../../../judge/rules.ts';
import type { JsonSchema, Operation } from '../../../schemas/contract.ts';
import { type Change, sampleExchange } from '../sample-exchange.ts';
import { CONTRACT, LAW, matterOf } from '../sample-law.ts';

/** What of the contract's own set is found where the operation documents these bodies. */
function find(errorBodies: Operation['errorBodies'], status: number, change: Change): string[] {
  const operations = CONTRACT.operations.map((each) => ({ ...each, errorBodies }));
  const contract = { ...CONTRACT, operations };
  const law: Law = { ...LAW, catalogue: makeCatalogue(contract), rules: makeRules(contract) };
  return judgeExchange(sampleExchange(status, change), matterOf(), law, {})
    .filter(({ set }) => set === 'contract')
    .map(({ check, place }) => `${check} ${place}`.trim());
}

const answer = (type: string | string[], body: Change['body'] = { title: 'No' }): Change => ({
  headers: { 'Content-Type': type },
  body,
});
const documented = (...types: string[]) => ({
  404: Object.fromEntries(types.map((type): [string, JsonSchema] => [type, {}])),
});

describe('the documented media type', () => {
  test.each([
    [['application/problem+json'], 'application/json'],
    [['application/json'], 'application/problem+json'],
    [['application/json', 'application/xml'], 'application/problem+json; charset=utf-8'],
    [['text/*'], 'application/json'],
    [['application/*'], 'application'],
  ])('%j is not %s', (types, type) => {
    expect(find(documented(...types), 404, answer(type))).toEqual(['error-media-type-documented']);
  });

  test.each([
    [['application/json'], 'application/json'],
    [['application/json'], 'Application/JSON ; charset=utf-8'],
    [['application/json; charset=utf-8'], 'application/json'],
    [['application/xml', 'Application/Problem+JSON'], 'application/problem+json'],
    [['application/*'], 'application/problem+json'],
    [['*/*'], 'text/anything'],
    [[], 'application/json'],
    // Two lines are a finding of their own.
    [['application/json'], ['text/a', 'text/b']],
  ])('%j is kept by %j', (types, type) => {
    expect(find(documented(...types), 404, answer(type))).toEqual([]);
  });

  test('is not asked for where nothing came, or another finding tells of it', () => {
    const types = documented('application/json');
    expect(find(types, 404, answer('text/html', { raw: '<p>No' }))).toEqual(['error-body-json']);
    expect(find(types, 404, answer('text/html', { raw: '' }))).toEqual(['error-body-json']);
    expect(find({}, 404, answer('text/html'))).toEqual([]);
  });

  test('may be another one than JSON', () => {
    expect(find(documented('text/plain'), 404, answer('text/plain', { raw: 'No' }))).toEqual([]);
    expect(find(documented('text/plain'), 404, answer('text/html', { raw: 'No' }))).toEqual([
      'error-media-type-documented',
    ]);
    expect(find({ 404: {} }, 404, answer('text/plain', { raw: '' }))).toEqual([]);
    const both = documented('application/json', 'text/html');
    expect(find(both, 404, answer('text/html; charset=utf-8', { raw: '<html>' }))).toEqual([]);
    expect(find(both, 404, answer('text/plain', { raw: 'No' }))).toEqual(['error-body-json']);
  });
});

describe('the documented body', () => {
  const asks = (name: string): JsonSchema => ({ type: 'object', required: [name], properties: { [name]: {} } });

  test('is that of the media type that came', () => {
    const bodies = { 404: { 'application/json': asks('code'), 'application/problem+json': asks('title') } };
    expect(find(bodies, 404, answer('application/problem+json'))).toEqual([]);
    expect(find(bodies, 404, answer('application/json'))).toEqual(['fields-404 /code', 'undocumented-field /title']);
  });

  test('is that of a range, which speaks of statuses that nobody has named', () => {
    const bodies = { '4XX': { 'application/json': asks('title') } };
    expect(find(bodies, 404, answer('application/json', {}))).toEqual(['fields-404 /title']);
    expect(find(bodies, 418, answer('application/json'))).toEqual([]);
    expect(find({ 404: {} }, 418, answer('application/json'))).toEqual(['error-status-documented']);
  });
});
