import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { WrittenWaivers } from '../../config/waivers.ts';
import type { TargetProfile } from '../../plan/case.ts';
import type { Report } from '../../report/report.ts';
import type { WrittenClauses } from '../../schemas/read-clauses.ts';
import { makeDirectory } from '../support/make-directory.ts';
import { typeOfSchema } from '../support/type-of-schema.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What is read by the schemas of the suite's own files. */
type Types = {
  WrittenClauses: WrittenClauses;
  TargetProfile: TargetProfile;
  WrittenWaivers: WrittenWaivers;
  Report: Report;
};

/** Each schema, its type, and where that stands. */
const TYPES: [schema: string, type: keyof Types, file: string][] = [
  ['clauses', 'WrittenClauses', 'schemas/read-clauses.ts'],
  ['target', 'TargetProfile', 'plan/case.ts'],
  ['waivers', 'WrittenWaivers', 'config/waivers.ts'],
  ['report', 'Report', 'report/report.ts'],
];

/** Where two types differ, as a type: in which fields there are, which may be left out, and what may stand in them. */
const DIFFERENCES = `
type Plain<T> = [Json] extends [T] ? 'json' : Each<T>;
type Each<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Objects<A, B> = [A, B] extends [object, object] ? true : false;
type Differences<A, B, At extends string> =
  Same<A, B> extends true ? never
  : [null, null] extends [A, B] ? Differences<Exclude<A, null>, Exclude<B, null>, At>
  : [A, B] extends [(infer C)[], (infer D)[]] ? Differences<C, D, \`\${At}[]\`>
  : Objects<A, B> extends true ? { [K in keyof (A & B) & string]:
      K extends keyof A & keyof B
        ? Differences<Required<Pick<A, K>>[K], Required<Pick<B, K>>[K], \`\${At}.\${K}\`>
          | (Same<{} extends Pick<A, K> ? 1 : 0, {} extends Pick<B, K> ? 1 : 0> extends true ? never : \`\${At}.\${K}?\`)
        : \`\${At}.\${K}\` }[keyof (A & B) & string]
  : At;
`;

/** What the compiler says of a schema's type and of the type in the code; nothing where they are the same. */
function compare(schema: unknown, type: string, file: string): string {
  const directory = makeDirectory();
  const text = `
import type { Json } from '${ROOT}/schemas/contract.ts';
import type { ${type} } from '${ROOT}/${file}';
${DIFFERENCES}
type OfSchema = ${typeOfSchema(schema)};
type Found = Differences<Plain<OfSchema>, Plain<${type}>, 'it'>;
export const same: [Found] extends [never] ? true : Found = true;
`;
  writeFileSync(join(directory, 'same.mts'), text);
  const compilerOptions = { typeRoots: [join(ROOT, 'node_modules/@types')] };
  const config = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: ['same.mts'] };
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(config));
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', directory],
    { encoding: 'utf8' },
  );
  return stdout + stderr;
}

const textOf = (name: string) => readFileSync(join(ROOT, `schemas/meta/${name}.schema.json`), 'utf8');

test.each(TYPES)(
  '%s.schema.json and %s say the same',
  (name, type, file) => {
    expect(compare(JSON.parse(textOf(name)), type, file)).toBe('');
  },
  60_000,
);

test.each([
  [
    'a field that the type does not have',
    '"place": {',
    '"spot": { "type": "string" }, "place": {',
    'it.waivers[].spot',
  ],
  ['a field less', '"owner": { "$ref": "#/$defs/text" },', '', 'it.waivers[].owner'],
  ['a field that may be left out', '["reason", "owner", ', '["reason", ', 'it.waivers[].owner?'],
  ['another value', '"enum": ["5xx", "none"]', '"enum": ["5xx"]', 'it.waivers[].seen'],
  ['a condition less', '"taken",', '', 'it.waivers[].condition'],
])(
  'a schema with %s is seen',
  (_, from, to, place) => {
    const text = textOf('waivers');
    expect(text).toContain(from);
    const said = compare(JSON.parse(text.replace(from, to)), 'WrittenWaivers', 'config/waivers.ts');
    expect(said).toContain(`Type 'true' is not assignable to type '"${place}"'`);
  },
  60_000,
);
