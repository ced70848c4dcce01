import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { VARIABLES } from '../../config/variables.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

test('.env.example names exactly the settings there are, in their order', () => {
  const names = [...read('.env.example').matchAll(/^#?\s*([A-Z_]+)=/gm)].map((match) => match[1]);
  expect(names).toEqual(Object.keys(VARIABLES));
});

test('.env.example says of each what it is for', () => {
  const lines = read('.env.example').split('\n');
  const isVariable = (line: string | undefined) => /^#?\s*[A-Z_]+=/.test(line ?? '');
  const isComment = (line: string | undefined) => !isVariable(line) && /^#\s*\S.{10,}/.test(line ?? '');
  for (const [index, line] of lines.entries())
    if (isVariable(line)) expect(isComment(lines[index - 1]) || isComment(lines[index + 1]), line).toBe(true);
});

test('.env.example holds no secret', () => {
  expect(read('.env.example')).not.toMatch(/TOKEN=.*\S{8}/);
});
