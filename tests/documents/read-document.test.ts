import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { tellMistake } from '../../documents/mistake.ts';
import { readDocument } from '../../documents/read-document.ts';
import { schemaIn } from '../../documents/schema.ts';
import { ContractError } from '../../schemas/contract-error.ts';
import { makeDirectory } from '../support/make-directory.ts';

function saved(name: string, text: string): string {
  const file = join(makeDirectory(), name);
  writeFileSync(file, text);
  return file;
}

/** A path as it is told. */
const shown = (file: string) => (relative('', file).length < file.length ? relative('', file) : file);

const SCHEMA = {
  type: 'object',
  required: ['a'],
  properties: { a: { type: 'number' }, b: { type: 'string', default: 'b' } },
};

const complain = (sentence: string) => new ContractError(sentence);

/** The sentence without the directory. */
function complaint(file: string): string {
  try {
    readDocument(file, { complain });
  } catch (error) {
    expect(error).toBeInstanceOf(ContractError);
    return (error as Error).message.replace(/^.*\/(?=[\w.]+(:\d+)?: expected)/, '');
  }
  return 'no error';
}

/** What a file is, by its text, and the sentence that tells of it within seconds. */
const TOO_MUCH: [string, () => string, RegExp][] = [
  ['deep.json', () => '['.repeat(200_000), /deep\.json: expected at most 100 values within each other, found more$/],
  ['deep.yaml', () => `a: ${'['.repeat(50_000)}`, /deep\.yaml:1: .*nesting exceeded maxDepth/],
  ['many.json', () => `[${'[],'.repeat(5e6)}[]]`, /many\.json: expected at most 500000 values, found more$/],
  ['many.yaml', () => `[${'[],'.repeat(1e6)}[]]`, /many\.yaml: expected at most 1000000 lines and values, found more$/],
  [
    'lines.yaml',
    () => `${'# x\n'.repeat(3e6)}a: 1`,
    /lines\.yaml: expected at most 1000000 lines and values, found more$/,
  ],
  [
    'large.yaml',
    () => `a: ${'x'.repeat(17 * 1024 * 1024)}`,
    /large\.yaml: expected a readable file, found more than 16 MB$/,
  ],
];

test.each(TOO_MUCH)('%s has more than can be read within seconds, and is one sentence', (name, text, sentence) => {
  const file = saved(name, text());
  const startedAt = performance.now();
  expect(() => readDocument(file, { complain })).toThrow(sentence);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test.each(TOO_MUCH.filter(([name]) => name.endsWith('.json')))('%s that programs have written, too', (name, text) => {
  const file = saved(name, text());
  const isDeep = name === 'deep.json';
  const expected = isDeep ? /at most 100 values within each other, found more$/ : /at most 5000000 values, found more$/;
  expect(() => readDocument(file, { complain, isSaved: true })).toThrow(expected);
});

test('of a long text that programs have written no line is told', () => {
  const text = JSON.stringify({ b: 'x'.repeat(9 * 1024 * 1024), a: 'one' });
  const schema = schemaIn<{ a: number }>(pathToFileURL(saved('schema.json', JSON.stringify(SCHEMA))));
  const file = saved('long.json', text);
  expect(() => readDocument(file, { complain, isSaved: true, schema })).toThrow(
    /long\.json: a: expected a number, found /,
  );
});

test.runIf(process.platform !== 'win32')('a pipe is not waited for, and a device without an end not read to it', () => {
  const pipe = join(makeDirectory(), 'pipe.yaml');
  execFileSync('mkfifo', [pipe]);
  expect(() => readDocument(pipe, { complain })).toThrow(/expected a readable file, found a pipe$/);
  expect(() => readDocument('/dev/zero', { complain })).toThrow(/expected a readable file, found more than 16 MB$/);
});

test.each([
  ['some.yaml', '# head\na: [1, { b: yes }]\n'],
  ['some.json', '{\n  "a": [1, { "b": "yes" }]\n}'],
])('%s is read, with the lines of what is in it', (name, text) => {
  const { value, lines } = readDocument(saved(name, text), { complain });
  expect(value).toEqual({ a: [1, { b: 'yes' }] });
  expect(lines(['a', 1, 'b'])).toEqual([2, 2]);
});

test.each([
  [
    'bad.yaml',
    'a: 1\nb: [',
    'bad.yaml:2: expected YAML, found a mistake: unexpected end of the stream within a flow collection',
  ],
  ['twice.yaml', 'a: 1\nb: 2\na: 3', 'twice.yaml:3: expected YAML, found a mistake: duplicated mapping key'],
  ['no.yaml', '# nothing\n', 'no.yaml:1: expected YAML, found a mistake: expected a document, but the input is empty'],
  [
    'two.yaml',
    'a: 1\n---\nb: 2',
    'two.yaml:1: expected YAML, found a mistake: expected a single document in the stream, but found more',
  ],
  ['alias.yaml', 'a: 1\nb: *c', 'alias.yaml:2: expected YAML, found a mistake: unidentified alias "c"'],
  ['twice.json', '{\n  "a": 1,\n  "a": 2\n}', 'twice.json:3: expected JSON, found a mistake: duplicated mapping key'],
])('%s is refused', (name, text, sentence) => {
  expect(complaint(saved(name, text))).toBe(sentence);
});

test('what is only YAML is no JSON', () => {
  expect(complaint(saved('some.json', 'a: 1'))).toMatch(/^some\.json: expected JSON, found a mistake: /);
});

test.each([
  ['{\n  "type": "object",\n  "required": ["summary"],\n}', 4],
  ['{\n  "type": "object",\n  "required": [\n    "summary",\n  ]\n}', 5],
  ['{\n  "type": "object"\n  "required": ["summary"]\n}', 3],
  ['{\n  "type": object,\n  "required": ["summary"]\n}', 2],
  ['{\n  "type": "object",\n  "required": ["summary"]\n', 4],
  ['{\n  "type": "object",\n  "required": ["summary"]\n}\n}', 5],
])('JSON like %j has a mistake in line %i', (text, line) => {
  const [sentence, ...rest] = complaint(saved('some.json', text)).split('\n');
  expect(sentence).toMatch(new RegExp(`^some\\.json:${line}: expected JSON, found a mistake: `));
  expect(rest).toEqual([]);
});

test('aliases that make more than any memory holds are refused at once', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let index = 1; index < 30; index += 1)
    lines.push(`a${index}: &a${index} [${Array.from({ length: 10 }, () => `*a${index - 1}`).join(', ')}]`);
  const startedAt = performance.now();
  const sentence = 'bomb.yaml: expected at most 500000 values, aliases written out, found more';
  expect(complaint(saved('bomb.yaml', lines.join('\n')))).toBe(sentence);
  expect(complaint(saved('bomb.yaml', 'a: &a\n  - *a\n'))).toBe(sentence);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test('what is there and cannot be read is told, and what is not there', () => {
  const directory = makeDirectory();
  mkdirSync(join(directory, 'dir.yaml'));
  expect(complaint(join(directory, 'dir.yaml'))).toBe('dir.yaml: expected a readable file, found EISDIR');
  expect(complaint(join(directory, 'none.yaml'))).toBe('none.yaml: expected a readable file, found none');
});

test('a path is told from where the suite was started, where that is shorter', () => {
  const { name } = readDocument(join(import.meta.dirname, '../../schemas/meta/waivers.schema.json'), { complain });
  expect(name).toBe('schemas/meta/waivers.schema.json');
  const file = saved('some.yaml', 'a: 1');
  const outside = relative('', dirname(file)).length < dirname(file).length ? relative('', file) : file;
  expect(readDocument(file, { complain }).name).toBe(outside);
});

test('a mistake is told with its file, line and place', () => {
  const document = readDocument(saved('some.yaml', 'a:\n  - b: 1\n  - b c: 2'), { complain });
  const tell = (...place: (string | number)[]) =>
    tellMistake(document, { place, expected: 'more', found: 'less' }).replace(/^.*some/, 'some');
  expect(tell('a', 1, 'b c')).toBe('some.yaml:3: a[1]["b c"]: expected more, found less');
  expect(tell('a', 2)).toBe('some.yaml:1: a[2]: expected more, found less');
  expect(tell()).toBe('some.yaml:1: the document: expected more, found less');
});

describe('a file that has a schema', () => {
  const schemaOf = () =>
    schemaIn<{ a: number; b: string }>(pathToFileURL(saved('some.schema.json', JSON.stringify(SCHEMA))));

  test('gives what holds it, with what it leaves out', () => {
    expect(readDocument(saved('some.yaml', 'a: 1'), { complain, schema: schemaOf() }).value).toEqual({ a: 1, b: 'b' });
  });

  test('is refused with what it does not hold, at its line', () => {
    const schema = schemaOf();
    const refused = saved('some.yaml', '# head\nb: c\na: canary');
    const sentence = (found: string) => new ContractError(`${shown(refused)}:3: a: expected a number, found ${found}`);
    expect(() => readDocument(refused, { complain, schema })).toThrow(sentence('"canary"'));
    expect(() => readDocument(refused, { complain, schema, showing: 'kinds' })).toThrow(sentence('text'));
  });

  test('may be of an older kind, whose lines are told as they lie there', () => {
    const upgrade = ({ value }: { value: unknown }) => ({ a: (value as { old: unknown }).old });
    const kind = { complain, schema: schemaOf(), upgrade };
    expect(readDocument(saved('some.yaml', 'old: 1'), kind).value).toEqual({ a: 1, b: 'b' });
    expect(() => readDocument(saved('some.yaml', '# head\nold: x'), kind)).toThrow(
      /some\.yaml:2: a: expected a number/,
    );
  });

  test('is compiled once', () => {
    const schema = schemaOf();
    expect(schema()).toBe(schema());
  });
});

test('what programs write is JSON whatever it is called, and may be long', () => {
  const long = JSON.stringify(Array.from({ length: 600_000 }, () => 0));
  expect(readDocument(saved('some.txt', long), { complain, isSaved: true }).value).toHaveLength(600_000);
  expect(() => readDocument(saved('some.txt', 'a: 1'), { complain, isSaved: true })).toThrow(/expected JSON/);
});

test.each(['{"a": canary}', `{"${'a'.repeat(20)}": canarycanarycanary}`, '[1, 2 canary', '"canary'])(
  'what stands in %s is not shown where values are not',
  (text) => {
    const read = () => readDocument(saved('some.json', text), { complain, showing: 'kinds' });
    expect(read).toThrow(/^\S*some\.json(:1)?: expected JSON, found a mistake: [^"]+$/);
    expect(read).not.toThrow(/canary/);
  },
);
