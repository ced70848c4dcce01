import { expect, test } from 'vitest';
import { loadTarget } from '../../config/target-profile.ts';
import type { Target } from '../../runner/session.ts';
import { type RunOptions, runSuite } from '../../selfcheck/run-suite.ts';
import { withReference } from './support.ts';

const OPTIONS: RunOptions = { tags: ['http_endpoints', 'postgres_databases'], allow: ['read', 'reject', 'write'] };

/** What a run on the plain reference comes to. */
async function judge(change: Partial<Target>, token?: string, options: RunOptions = {}) {
  return withReference(token === undefined ? {} : { token }, async (reference) => {
    const { verdict, findings, errors, cells } = await runSuite(
      { ...reference, ...change },
      { ...OPTIONS, ...options },
    );
    const outcomes = cells.map(({ outcome, counts }) => [outcome, counts]);
    return { verdict, errors, outcomes, findings: findings.map((each) => `${each.check}: ${each.message}`) };
  });
}

const plain = judge({});

test.each<[string, Record<string, string>]>([
  ['a word of every answer', { 'X-Debug': 'true', 'X-Mode': 'name' }],
  ['a word of some', { 'X-Stage': 'other' }],
  ['a word of the specification', { 'X-Origin': 'http' }],
  ['a field of every error', { 'X-Client': 'summary' }],
  ['a long word', { 'X-Tenant': 'postgres_databases' }],
])('a header for every request changes no verdict: %s', async (_, headers) => {
  expect(await judge({ headers })).toEqual(await plain);
});

test.each(['password', 'summary-', 'validation_errors', 'http_endpoints'])(
  'a token that is the word %s changes no verdict',
  async (token) => {
    expect(await judge({}, token)).toEqual(await plain);
  },
);

test('a password of the profile that is a word of the API changes no verdict', async () => {
  const profile = loadTarget('reference');
  const bodies = { createPostgresDatabase: { password: '{{secretPassword}}' } };
  const secrets = { secretPassword: 'postgres' };
  expect(await judge({ secrets }, undefined, { profile: { ...profile, bodies } })).toEqual(await plain);
});
