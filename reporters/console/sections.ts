import type { Pen } from './pen.ts';

/**
 * A part of the screen: its lines for so many rows. What it claims: all that it needs, a part of what is then left, most of what
 * is left after that, or the rest.
 */
export type Section = { claim: Claim; lines: (rows: number) => string[] };

type Claim = 'all' | 'part' | 'most' | 'rest';

/** In the order in which the rows are handed out, with the share of what is left then. */
const SHARES: readonly [Claim, number][] = [
  ['all', 1],
  ['part', 1 / 5],
  ['most', 1],
  ['rest', 1],
];

const SEQUENCE = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** How many rows lines take on a console; those longer than its width are wrapped. */
export const countRows = (lines: readonly string[], { width }: Pick<Pen, 'width'>): number =>
  lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.replaceAll(SEQUENCE, '').length / width)), 0);

/** The lines of all sections, in their order, in so many rows. */
export const fitSections = (sections: readonly Section[], height: number, pen: Pen): string[] => {
  const lines = new Map<Section, string[]>();
  let left = height;
  for (const [claim, share] of SHARES) {
    for (const section of sections.filter((each) => each.claim === claim)) {
      const found = section.lines(Math.max(0, Math.floor(left * share)));
      left -= countRows(found, pen);
      lines.set(section, found);
    }
  }
  return sections.flatMap((section) => lines.get(section) ?? []);
};
