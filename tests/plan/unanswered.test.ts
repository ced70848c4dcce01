import { expect, test } from 'vitest';
import { listUnanswered } from '../../plan/unanswered.ts';
import { provocationsFor } from '../../provocations/catalogue.ts';
import type { Contract } from '../../schemas/contract.ts';
import { loadContract } from '../../schemas/load-contract.ts';

const CONTRACT = loadContract();

/** The published contract without a status on its operations. */
const without = (status: number): Contract => ({
  ...CONTRACT,
  operations: CONTRACT.operations.map((each) => ({ ...each, errors: each.errors.filter((one) => one !== status) })),
});

const listFor = (contract: Contract) => listUnanswered(contract, provocationsFor(contract));

test('the published contract answers everything that requests can bring about', () => {
  expect(listFor(CONTRACT)).toEqual([]);
});

test('what nothing documented answers is named, where it could have been provoked', () => {
  const listed = listFor(without(422));
  expect(listed.map(({ condition }) => condition).sort()).toEqual([
    'in-use',
    'invalid-body',
    'taken',
    'unknown-reference',
  ]);
  const invalid = listed.find(({ condition }) => condition === 'invalid-body');
  expect(invalid?.means).toBe('a body that can be read, and in which something is wrong');
  expect(invalid?.operations).toContain('createSink');
  expect(invalid?.operations).not.toContain('listSinks');
});

test('a burst is among it, and generated input is not', () => {
  expect(listFor(without(429)).map(({ condition }) => condition)).toEqual(['too-many-requests']);
  const { answers: _, ...usual } = without(400);
  const all = listFor(usual);
  expect(all.map(({ condition }) => condition)).toContain('malformed-target');
  expect(all.map(({ condition }) => condition)).not.toContain('invalid-parameter');
});
