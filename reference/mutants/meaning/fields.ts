import { ApiError, invalid } from '../../errors.ts';
import { valueAt } from '../../validation/rules.ts';
import type { Seeded } from '../mutant.ts';
import type { Rewire } from './rewire.ts';

/** A defect of 422 at one operation. */
function unchecked(operation: string, id: string, breaks: string, parts: Rewire): Seeded {
  return { id: `meaning-422-${id}`, breaks, where: { operation, status: 422 }, trips: ['meaning-422'], parts };
}

/** Accepts a value of a field that validation refuses, whatever the reason. */
function overlooks(operation: string, field: string, accepts: (value: unknown) => boolean): Rewire {
  return ({ check }) => ({
    check: (id, body, context) => {
      try {
        check(id, body, context);
      } catch (error) {
        if (id !== operation || !(error instanceof ApiError) || !error.validationErrors) throw error;
        if (!accepts(valueAt(body, field.split('.')))) throw error;
        const others = Object.entries(error.validationErrors).filter(([name]) => name !== field);
        if (others.length > 0) throw invalid(Object.fromEntries(others));
      }
    },
  });
}

/** Fails over a value of a field that nobody thought of. */
function fails(operation: string, field: string, isUnforeseen: (value: unknown) => boolean): Rewire {
  return ({ check }) => ({
    check: (id, body, context) => {
      if (id === operation && isUnforeseen(valueAt(body, field.split('.'))))
        throw new TypeError(`Unforeseen ${field}.`);
      check(id, body, context);
    },
  });
}

const isMissing = (value: unknown) => value === undefined;
const isNull = (value: unknown) => value === null;
const isEmpty = (value: unknown) => value === '';
const isNamed = (value: unknown) => typeof value === 'string' && value !== '';
const anything = () => true;

// A change may be carried out twice. A creation may not, for its name is then taken: only cases that are sent once and
// alone have one answer there.
const OVERLOOKED: [
  id: string,
  breaks: string,
  operation: string,
  field: string,
  accepts: (value: unknown) => boolean,
][] = [
  ['missing', 'a required field may be missing', 'createPostgresDatabase', 'username', isMissing],
  ['reference', 'a field may name what does not exist', 'createSink', 'database', isNamed],
  ['null', 'a field may be null', 'updateHttpEndpoint', 'url', isNull],
  ['type', 'a field may be of another type', 'updateHttpEndpoint', 'headers', isNamed],
  ['empty', 'a field may be empty', 'updatePostgresDatabase', 'hostname', isEmpty],
  [
    'unknown-value',
    'a field may have an unknown value',
    'updatePostgresDatabase',
    'replication_slots.0.status',
    isNamed,
  ],
  ['unknown-item', 'a list may hold an unknown value', 'updateSink', 'actions.0', anything],
  ['too-large', 'a number may be too large', 'updatePostgresDatabase', 'port', (value) => Number(value) > 65_535],
  ['too-small', 'a number may be too small', 'updatePostgresDatabase', 'primary.port', (value) => value === 0],
  ['too-many', 'a list may be too long', 'updatePostgresDatabase', 'replication_slots', Array.isArray],
  ['nested', 'nothing in a list is validated', 'updatePostgresDatabase', 'replication_slots.0.slot_name', anything],
  ['taken', 'two objects may have the same name', 'createHttpEndpoint', 'name', isNamed],
  ['taken-later', 'a change may give a name that is taken', 'updatePostgresDatabase', 'name', isNamed],
];

/** Defects of validation. */
export const FIELDS: Seeded[] = [
  ...OVERLOOKED.map(([id, breaks, operation, field, accepts]) =>
    unchecked(operation, id, breaks, overlooks(operation, field, accepts)),
  ),
  unchecked(
    'createHttpEndpoint',
    'type-fails',
    'a field of another type is answered 500',
    fails('createHttpEndpoint', 'url', (value) => typeof value === 'object'),
  ),
  unchecked(
    'createPostgresDatabase',
    'null-fails',
    'a field that is null is answered 500',
    fails('createPostgresDatabase', 'hostname', isNull),
  ),
  unchecked(
    'createSink',
    'tag-fails',
    'a kind of destination that nobody knows is answered 500',
    fails('createSink', 'destination.type', (value) => value === 'no-such-value'),
  ),
];
