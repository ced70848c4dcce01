import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const BIOME = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');

/** A file of lines that the linter must see, and of near misses that it must not. */
type Sample = { file: string; forbidden: string[]; allowed: string[] };

type Diagnostic = {
  message: string;
  code: { value: string };
  location: { path: string; range?: { start: { line: number } } };
};

// The table of rooms, as people read it: `folder/`, what it holds, what it may import from.
const table = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8').matchAll(
  /^\| `([a-z*/]+)\/` +\| (.*?) +\| (.*) \|$/gm,
);
const rows = [...table].map(([, folder = '', holds = '', others = '']) => ({ folder, holds, others }));
const free = rows.filter(({ others }) => others === 'anything').map(({ folder }) => folder);
const rooms = new Map(
  rows
    .filter(({ folder }) => !free.includes(folder))
    .map(({ folder, others }) => [folder, others === '–' ? [] : others.split(', ')]),
);

const FORMATS = ['html', 'console', 'markdown', 'github', 'shared'];
const pure = [
  ...rows.filter(({ holds }) => holds.startsWith('pure: ')).map(({ folder }) => folder),
  ...FORMATS.map((name) => `reporters/${name}`),
];
const impure = [...rooms.keys()].filter((folder) => !pure.includes(folder) && !folder.includes('*'));

const load = (path: string) => `import '${path}';`;

/** What a file in a room may import and what not; `below` is where in the room it lies. */
function importsOf(room: string, below: string): Sample {
  const path = `${room}/${below}`;
  const up = '../'.repeat(path.split('/').length - 1);
  const may = rooms.get(room.replace(/\/.*/, '/*')) ?? [];
  const others = [...rows.map(({ folder }) => folder), 'elsewhere'].filter(
    (each) => !each.includes('/') && each !== room.split('/')[0],
  );
  return {
    file: `${path}x.ts`,
    forbidden: [`${up}x.ts`, ...others.filter((each) => !may.includes(each)).map((each) => `${up}${each}/x.ts`)].map(
      load,
    ),
    allowed: [
      ...may.map((each) => `${up}${each}/x.ts`),
      ...['./y.ts', './report/y.ts', 'report', 'report/x', '@scope/elsewhere/x', 'ajv'],
      // What leads up from further down need not leave the room.
      ...(below === '' ? [] : ['../y.ts', '../elsewhere/y.ts']),
    ].map(load),
  };
}

const imports = [
  ...[...rooms.keys()]
    .filter((room) => !room.startsWith('reporters'))
    .flatMap((room) => ['', 'a/', 'a/b/'].map((below) => importsOf(room, below))),
  importsOf('reporters', ''),
  ...FORMATS.flatMap((name) => ['', 'a/'].map((below) => importsOf(`reporters/${name}`, below))),
];

/** Each way to import, and paths that are longer than they need be. */
const ways: Sample = {
  file: 'judge/ways.ts',
  forbidden: [
    `import type { A } from '../report/x.ts';`,
    `import { type A, b } from "../report/x.ts";`,
    `import * as all from '../report/x.ts';`,
    `import data from '../report/x.json' with { type: 'json' };`,
    `export * from '../report/x.ts';`,
    `export { c } from '../report/x.ts';`,
    `export type { C } from '../report/x.ts';`,
    `await import('../report/x.ts');`,
    'await import(`../report/x.ts`);',
    `type T = import('../report/x.ts').T;`,
    `type M = typeof import('../report/x.ts');`,
    `import './../report/x.ts';`,
    `import '../judge/../report/x.ts';`,
    `import './checks/../../report/x.ts';`,
    `import '../../../../report/x.ts';`,
  ],
  allowed: [
    `import type { A } from '../plan/x.ts';`,
    `export * from '../plan/x.ts';`,
    `await import('../plan/x.ts');`,
    `type T = import('../plan/x.ts').T;`,
    `const path = '../report/x.ts';`,
    `// import '../report/x.ts';`,
  ],
};

/** A format knows neither another one nor the adapter above it. */
const neighbours = FORMATS.map((name): Sample => {
  const others = FORMATS.filter((each) => each !== name && each !== 'shared').map((each) => `../${each}/x.ts`);
  return {
    file: `reporters/${name}/neighbours.ts`,
    forbidden: ['../publish.ts', ...others].map(load),
    allowed: name === 'shared' ? [] : [load('../shared/x.ts')],
  };
});

const MODULES = ['fs', 'fs/promises', 'net', 'http', 'https', 'tls', 'dns', 'child_process', 'timers/promises'];

/** What makes a function impure. */
const EFFECTS = [
  `fetch('https://api.test');`,
  'const send = fetch;',
  'process.exit(1);',
  'globalThis.fetch();',
  'const id = crypto.randomUUID();',
  'const at = performance.now();',
  'const now = Date.now();',
  'call(Date.now);',
  'const today = new Date();',
  'const also = new Date;',
  'const text = Date();',
  'const { now: clock } = Date;',
  'const die = Math.random();',
  'const { random } = Math;',
  `import { randomUUID } from 'node:crypto';`,
  ...MODULES.map((name) => `import 'node:${name}';`),
];

const NO_EFFECTS = [
  'const bytes = Buffer.from(text);',
  `import { Buffer } from 'node:buffer';`,
  `import { createHash } from 'node:crypto';`,
  'const moment = new Date(value);',
  'const year = new Date(2026, 1);',
  'const ms = Date.UTC(2026, 1);',
  `const parsed = Date.parse('2026-01-01');`,
  'const floor = Math.floor(1.5);',
  'const isDate = value instanceof Date;',
  'const { env } = value;',
  'const read = value.process.env;',
  'value.fetch();',
  'const run = (fetch: () => string) => fetch();',
  `const words = 'fetch process.env Date.now()';`,
];

const READS = ['console.log(process.env.PATH);', 'const all = { ...process.env };', 'const { env } = process;'];

/** Reads that the linter would not see, and modules under a name that it does not know. */
const BLIND = [`import { env } from 'node:process';`, `import fs from 'fs';`];

const effects: Sample[] = [
  ...pure.map((room) => ({
    file: `${room}/effects.ts`,
    forbidden: [...EFFECTS, ...READS, ...BLIND],
    allowed: NO_EFFECTS,
  })),
  ...impure.map((room) =>
    room === 'config'
      ? { file: `${room}/effects.ts`, forbidden: BLIND, allowed: [...EFFECTS, ...READS, ...NO_EFFECTS] }
      : { file: `${room}/effects.ts`, forbidden: [...READS, ...BLIND], allowed: [...EFFECTS, ...NO_EFFECTS] },
  ),
  ...free.map((room) => ({ file: `${room}/effects.ts`, forbidden: BLIND, allowed: [...EFFECTS, ...READS] })),
];

const seen = lint([...imports, ways, ...neighbours, ...effects]);

/** The lines of each file that the linter sees. */
function lint(samples: readonly Sample[]): Map<string, string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'ecc-lint-'));
  try {
    for (const name of ['biome.json', 'lint']) cpSync(join(ROOT, name), join(directory, name), { recursive: true });
    for (const { file, forbidden, allowed } of samples) {
      mkdirSync(dirname(join(directory, file)), { recursive: true });
      writeFileSync(join(directory, file), [...forbidden, ...allowed].join('\n'));
    }
    const args = [BIOME, 'lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=rdjson'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8', maxBuffer: 2 ** 26 });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
    return new Map(samples.map((sample) => [sample.file, linesOf(sample, diagnostics)]));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function linesOf({ file, forbidden, allowed }: Sample, diagnostics: readonly Diagnostic[]): string[] {
  const lines = [...forbidden, ...allowed];
  const own = diagnostics.filter(
    ({ code, location }) => location.path === file && /plugin|noRestricted|useNodejsImport/.test(code.value),
  );
  // A pattern that cannot be carried out is no error for Biome, and is about no line.
  return [...new Set(own.map(({ message, location }) => lines[(location.range?.start.line ?? 0) - 1] ?? message))];
}

function expectSeen({ file, forbidden }: Sample): void {
  expect(seen.get(file)?.sort()).toEqual([...forbidden].sort());
}

describe('the linter sees', () => {
  test.each(imports)('what $file may not import', expectSeen);
  test('each way to import', () => expectSeen(ways));
  test.each(neighbours)('what $file may not import', expectSeen);
  test.each(effects)('what $file may not do', expectSeen);
});

test('every folder with code in it is a room', () => {
  const code = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name))
    .filter(({ name }) =>
      readdirSync(join(ROOT, name), { recursive: true, encoding: 'utf8' }).some((path) => path.endsWith('.ts')),
    );
  expect(rows.map(({ folder }) => folder)).toEqual(expect.arrayContaining(code.map(({ name }) => name)));
  expect(pure).toEqual(expect.arrayContaining(['model', 'plan', 'judge', 'report', 'provocations']));
});
