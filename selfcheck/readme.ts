import { readFileSync, writeFileSync } from 'node:fs';
import type { Score, Tally } from './score.ts';

const README = new URL('../README.md', import.meta.url);
const [BEGIN, END] = ['<!-- selfcheck:begin -->', '<!-- selfcheck:end -->'];

/** The score as it stands in the README; nothing in it depends on when or where it was measured. */
function renderScore({ families, mutants, variants, degenerate, dialects, breaches, checks }: Score): string {
  const row = ({ name, right, total }: Tally) => `| ${name} | ${right} of ${total} |`;
  return [
    '| seeded defects found by exactly the right checks | |',
    '| --- | --- |',
    ...families.map(row),
    `| **all** | **${mutants.right} of ${mutants.total}** |`,
    '',
    `Of ${variants.total} harmless variants, ${variants.total - variants.right} raised a false alarm. Of ${degenerate.total} degenerate`,
    `servers, ${degenerate.total - degenerate.right} got away. Of ${dialects.total} references that keep another contract, ${dialects.total - dialects.right} raised a`,
    `false alarm, and ${breaches.right} of ${breaches.total} breaches of these contracts were found. ${checks.right} of ${checks.total} checks have a seeded defect`,
    'of their own.',
  ].join('\n');
}

/** What is wrong with the score in the README, in a sentence; nothing when it is up to date. */
export function compareReadme(score: Score): string[] {
  const { text, from, to } = readBlock();
  return text.slice(from, to).trim() === renderScore(score)
    ? []
    : ['the score in README.md is not what was measured: npm run selfcheck -- --write'];
}

/** Puts the score into the README. */
export function writeReadme(score: Score): void {
  const { text, from, to } = readBlock();
  writeFileSync(README, `${text.slice(0, from)}\n\n${renderScore(score)}\n\n${text.slice(to)}`);
}

function readBlock(): { text: string; from: number; to: number } {
  const text = readFileSync(README, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`README.md has no place for the score; expected ${BEGIN} and ${END}.`);
  return { text, from: from + BEGIN.length, to };
}
