import { CHECKS, mutantOf } from './score.ts';
import type { Trial } from './trial.ts';

/** The kill matrix as lines of text: a row for each mutant, a column for each check, numbered as in the legend below it. */
export function renderMatrix(trials: Trial[]): string[] {
  const mutants = trials.filter((trial) => trial.kind === 'mutant');
  const width = Math.max(0, ...mutants.map(({ id }) => id.length)) + 2;
  const numbers = CHECKS.map((_, index) => String(index + 1).padStart(2, ' '));
  const heading = [0, 1].map((digit) => `${' '.repeat(width)}${numbers.map((number) => number[digit]).join('')}`);
  const rows = mutants.map(({ id, tripped }) => {
    const about = mutantOf(id)?.trips[0];
    const marks = CHECKS.map((check) => (tripped.includes(check) ? (check === about ? '#' : '+') : '·'));
    return `${id.padEnd(width)}${marks.join('')}`;
  });
  const legend = CHECKS.map((check, index) => `${numbers[index]} ${check}`);
  return [
    ...heading,
    ...rows,
    '',
    '# the check that the defect is about, + another that finds it too',
    ...columns(legend, 3),
  ];
}

/** Lays short lines out side by side, reading down. */
function columns(lines: string[], count: number): string[] {
  const height = Math.ceil(lines.length / count);
  const width = Math.max(...lines.map((line) => line.length)) + 3;
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: count }, (__, column) => (lines[column * height + row] ?? '').padEnd(width))
      .join('')
      .trimEnd(),
  );
}
