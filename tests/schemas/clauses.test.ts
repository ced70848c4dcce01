import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import schema from '../../schemas/meta/clauses.schema.json' with { type: 'json' };

const ajv = new Ajv2020({ allErrors: true });
formats.default(ajv);
const validate = ajv.compile(schema);

const CLAUSE = {
  id: 'some-clause',
  set: 'contract',
  level: 'MUST',
  title: 'Some clause',
  quote: 'It must.',
  source: { title: 'Some page', url: 'https://example.com/page' },
};

test.each(['clauses.yaml', 'meta/clauses.yaml'])('%s holds its schema', (file) => {
  const clauses = load(readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));
  expect(validate(clauses), ajv.errorsText(validate.errors)).toBe(true);
});

test('a clause with all fields is taken', () => {
  const source = { ...CLAUSE.source, section: 'One' };
  expect(validate({ clauses: [CLAUSE, { ...CLAUSE, source, excluded: 'cannot be seen from outside' }] })).toBe(true);
});

test.each([
  ['an id in capitals', { id: 'Some-Clause' }],
  ['an unknown set', { set: 'rules' }],
  ['an unknown level', { level: 'must' }],
  ['a blank quote', { quote: ' ' }],
  ['a source without a URL', { source: { title: 'Some page' } }],
  ['a source that is no https URL', { source: { title: 'Some page', url: 'some page' } }],
  ['an empty exclusion', { excluded: '' }],
  ['a field of another name', { reason: 'because' }],
])('a clause with %s is refused', (_, change) => {
  expect(validate({ clauses: [{ ...CLAUSE, ...change }] })).toBe(false);
});
