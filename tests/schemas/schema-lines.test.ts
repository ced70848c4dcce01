import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { schemaIn } from '../../documents/schema.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** The example that the README gives of a file of waivers, which lies where the suite is started. */
const waivers = /```yaml\n([^`]*^waivers:[^`]*)```/m.exec(read('README.md'))?.[1] ?? '';

const clauses = ['schemas/clauses.yaml', 'schemas/meta/clauses.yaml'];
const targets = readdirSync(join(ROOT, 'targets')).map((name) => `targets/${name}`);
const files = [...clauses, ...targets].map((file) => [file, read(file)] as const);

test.each([...files, ['waivers.yaml', waivers] as const])('%s names its schema, and holds it', (file, text) => {
  const [, named = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
  const schema = join(ROOT, dirname(file), named);
  expect(schema).toMatch(/\.schema\.json$/);
  expect(existsSync(schema)).toBe(true);
  const validate = schemaIn(pathToFileURL(schema))();
  expect(validate(load(text)), JSON.stringify(validate.errors)).toBe(true);
});

test.each<[string, object]>([
  ['clauses', load(read('schemas/clauses.yaml')) as object],
  ['target', { name: 'some', description: 'Some API.' }],
  ['waivers', { waivers: [] }],
])('a document of JSON may name the schema of %s', (name, value) => {
  const validate = schemaIn(pathToFileURL(join(ROOT, `schemas/meta/${name}.schema.json`)))();
  expect(validate({ $schema: `${name}.schema.json`, ...value })).toBe(true);
});
