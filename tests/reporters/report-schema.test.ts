import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { makeReport } from './sample-report.ts';

const schema: unknown = JSON.parse(
  readFileSync(new URL('../../schemas/meta/report.schema.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv2020({ strict: true });
addFormats.default(ajv);
const validate = ajv.compile(schema as object);

type Path = (string | number)[];
type Node = { [name: string]: unknown };

/** Every object of the sample, once for each place in the schema (array indices and map keys do not matter). */
const collectObjects = (value: unknown, path: Path, found: Map<string, Path>): Map<string, Path> => {
  if (value === null || typeof value !== 'object') return found;
  if (!Array.isArray(value)) {
    const shape = Object.keys(value).sort().join();
    const place = `${path.map((step) => (typeof step === 'number' || /^\d+$/.test(step) ? '*' : step)).join('/')} {${shape}}`;
    if (!found.has(place)) found.set(place, path);
  }
  for (const [key, child] of Object.entries(value)) {
    collectObjects(child, [...path, Array.isArray(value) ? Number(key) : key], found);
  }
  return found;
};

const at = (report: unknown, path: Path): Node => path.reduce((node, step) => (node as Node)[step], report) as Node;

const report = makeReport(2);
const places = [...collectObjects(report, [], new Map())];

test('the sample is a valid report', () => {
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
});

// What is in the model, and what of it may be left out, tests/schemas/types.test.ts sees.
describe('the schema', () => {
  test.each(places)('has no other field in %s', (_, path) => {
    const changed = structuredClone(report);
    Object.assign(at(changed, path), { unknown: 1 });
    expect(validate(changed)).toBe(false);
  });

  test.each([
    ['an unknown outcome', (node: Node) => Object.assign(at(node, ['cells', 0]), { outcome: 'skipped' })],
    ['an unknown verdict', (node: Node) => Object.assign(node, { verdict: 'green' })],
    ['a negative count', (node: Node) => Object.assign(node, { exchanges: -1 })],
    ['a date that is none', (node: Node) => Object.assign(at(node, ['run']), { startedAt: 'yesterday' })],
    ['a status that is none', (node: Node) => Object.assign(at(node, ['findings', 0]), { actual: 42 })],
    ['a pointer that is none', (node: Node) => Object.assign(at(node, ['findings', 0]), { pointer: 'summary' })],
    [
      'a header of three parts',
      (node: Node) => Object.assign(at(node, ['evidence', 0, 'exchange', 'request']), { headers: [['a', 'b', 'c']] }),
    ],
    [
      'a body of two kinds',
      (node: Node) =>
        Object.assign(at(node, ['evidence', 1, 'exchange', 'request']), { body: { text: '', base64: '' } }),
    ],
    [
      'a response beside a failure',
      (node: Node) =>
        Object.assign(at(node, ['evidence', 0, 'exchange']), { failure: { kind: 'closed', code: 'X', message: '' } }),
    ],
  ])('refuses %s', (_, change) => {
    const changed = structuredClone(report) as unknown as Node;
    change(changed);
    expect(validate(changed)).toBe(false);
  });
});
