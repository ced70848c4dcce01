import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { answersTo } from '../../schemas/answers.ts';
import { CONDITION_NAMES, CONDITIONS, type Condition, conditionOf } from '../../schemas/conditions.ts';
import type { Rule } from '../../schemas/contract.ts';

type Rules = Partial<Record<Condition, Rule>>;

const answers = (condition: Condition, errors: number[], contract?: Rules, operation?: Rules) =>
  answersTo(condition, { errors, ...(operation && { answers: operation }) }, contract ? { answers: contract } : {});

describe('where the contract says nothing of its own', () => {
  test.each<[Condition, number[], number[], number[]]>([
    ['wrong-media-type', [400, 415, 422], [415], []],
    ['wrong-media-type', [400, 422], [400], []],
    ['taken', [400, 409, 422], [409], []],
    ['taken', [400, 422], [422], []],
    ['taken', [400], [400], []],
    ['invalid-body', [400], [400], []],
    ['invalid-body', [400, 422], [422], []],
    ['unreadable-body', [422], [422], []],
    ['invalid-parameter', [404, 422], [422], [404]],
    ['invalid-parameter', [400, 404, 422], [400], [404, 422]],
    ['invalid-parameter', [404], [404], []],
    ['malformed-target', [400, 404, 422], [400], [404, 422]],
    ['malformed-target', [400, 401], [400], []],
    ['malformed-credential', [400, 401], [401, 400], []],
    ['malformed-credential', [401], [401], []],
    ['hidden-object', [403, 404], [403], []],
    ['hidden-object', [404], [404], []],
    ['removed-object', [404, 410], [410], []],
    ['unknown-method', [400, 404, 405, 500], [405], [400, 404]],
    ['unknown-method', [404], [404], []],
    ['not-acceptable', [404, 406, 500], [406], [404, 500]],
    ['unknown-reference', [404, 422], [422, 404], []],
  ])('%s where %j are documented: %j, and %j are tolerated', (condition, errors, required, tolerated) => {
    expect(answers(condition, errors)).toEqual({ required, tolerated });
  });

  test.each<[Condition, number[]]>([
    ['too-large-body', [400, 404]],
    ['no-credential', [400, 403]],
    // What is tolerated is never all there is.
    ['malformed-target', [404, 422]],
    ['unknown-route', [400]],
  ])('%s is provoked nowhere where only %j are documented', (condition, errors) => {
    expect(answers(condition, errors)).toBeUndefined();
  });
});

describe('where an operation documents a range of statuses', () => {
  const open = (condition: Condition, ...keys: string[]) => {
    const errorBodies = Object.fromEntries(keys.map((key) => [key, {}]));
    return answersTo(condition, { errors: [400, 404, 409, 422, 500], errorBodies }, {})?.required;
  };

  test('any of the statuses that usually answer is right, up to one that it names', () => {
    expect(open('invalid-body', '4XX')).toEqual([422, 400]);
    expect(open('invalid-body', '400', 'default')).toEqual([400, 422]);
    expect(open('invalid-body', '422', 'default')).toEqual([422]);
    expect(open('taken', '422', '4XX')).toEqual([422, 409]);
    expect(open('taken', 'default')).toEqual([409, 422, 400]);
    expect(open('unknown-object', 'default')).toEqual([404]);
  });

  test('what the contract says itself is not left open', () => {
    const own: Rules = { taken: { required: [400], tolerated: [] } };
    expect(
      answersTo('taken', { errors: [400, 409], errorBodies: { default: {} } }, { answers: own })?.required,
    ).toEqual([400]);
  });
});

describe('what the contract says', () => {
  const own: Rules = { taken: { required: [400], tolerated: [422, 500] } };

  test('goes before what is usual, as far as the operation documents it', () => {
    expect(answers('taken', [400, 409, 422], own)).toEqual({ required: [400], tolerated: [422] });
    expect(answers('taken', [409, 422], own)).toBeUndefined();
    expect(answers('in-use', [400, 409, 422], own)).toEqual({ required: [409], tolerated: [] });
  });

  test('of one operation goes before what it says of all', () => {
    expect(answers('taken', [400, 409], own, { taken: { required: [409, 400], tolerated: [] } })).toEqual({
      required: [409, 400],
      tolerated: [],
    });
  });
});

test('every condition has a name, a meaning and error statuses', () => {
  for (const name of CONDITION_NAMES) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(CONDITIONS[name].means).toMatch(/^[a-zA-Z].*[a-zA-Z8]$/);
    for (const status of CONDITIONS[name].answers.flat()) expect(status >= 400 && status < 600).toBe(true);
  }
});

test.each(['waivers', 'report'])('the schema of %s knows each of them, and no other', (name) => {
  const file = new URL(`../../schemas/meta/${name}.schema.json`, import.meta.url);
  const lists = JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))).match(/\["no-credential"[^\]]*\]/g) ?? [];
  expect(lists.map((list) => JSON.parse(list).sort())).toEqual([[...CONDITION_NAMES].sort()]);
});

test('a fault of which only the status is known stands for what usually has it', () => {
  expect([409, 422, 501, 503, 504].map(conditionOf)).toEqual([
    'taken',
    'invalid-body',
    'unimplemented',
    'unavailable',
    'slow-upstream',
  ]);
  expect(conditionOf(507)).toBe('internal-fault');
});
