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

// What the model in report/report.ts, judge/finding.ts and model/exchange.ts marks with a question mark.
const OPTIONAL = [
  'undefined.changes',
  'undefined.waivers',
  'undefined.unanswered',
  'undefined.history',
  'waivers.check',
  'waivers.operation',
  'waivers.status',
  'waivers.pointer',
  'waivers.intermittent',
  'waivers.soon',
  'waivers.problem',
  'target.faults',
  'cells.provenance',
  'cells.reason',
  'cells.sample',
  'cases.reason',
  'controls.reason',
  'examples.status',
  'controls.evidence',
  'findings.since',
  'findings.condition',
  'new.condition',
  'fixed.condition',
  'still.condition',
  'source.section',
  'source.url',
  'clauses.excluded',
  'request.body',
  'response.bodyBase64',
  'response.decodeError',
  'failure.received',
];

const report = makeReport(2);
const places = [...collectObjects(report, [], new Map())];

test('the sample is a valid report', () => {
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
});

describe('the schema is neither looser nor tighter than the model', () => {
  test.each(places)('%s', (place, path) => {
    const name = path.findLast((step) => typeof step === 'string' && !/^\d+$/.test(step));
    const changed = structuredClone(report);
    const node = at(changed, path);
    // Maps: any status, and any stand-in, may be in them or not.
    const isMap = path.join('/') === 'statuses' || path.join('/') === 'run/values';
    expect(validate(Object.assign(node, { unknown: 1 }) && changed), `an unknown field in ${place}`).toBe(false);
    delete node.unknown;
    for (const [key, value] of Object.entries(node)) {
      delete node[key];
      expect(validate(changed), `${place} without ${key}`).toBe(isMap || OPTIONAL.includes(`${name}.${key}`));
      node[key] = value;
    }
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
