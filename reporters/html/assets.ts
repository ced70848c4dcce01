// biome-ignore lint/style/noRestrictedImports: what is read is a part of this program, and the same for every report.
import { readFileSync } from 'node:fs';

/**
 * The page's script. It filters, folds and copies, moves about in the matrix, and fills in what is of this run only: everything
 * can be read without it.
 */
export const SCRIPT = read(new URL('./script.js', import.meta.url));

/** The page's one style sheet. */
export const STYLES = [
  // Colours, type, and what every element looks like by itself. Each text colour has a contrast of at least 4.5 on its ground.
  new URL('./styles/base.css', import.meta.url),
  // The masthead, the bar, the sections, the tiles and the matrix.
  new URL('./styles/layout.css', import.meta.url),
  // Findings, exchanges, reasons, cells, clauses.
  new URL('./styles/details.css', import.meta.url),
  // The picture of the earlier runs. Each set has its colour and its dash.
  new URL('./styles/history.css', import.meta.url),
  // The table of waivers.
  new URL('./styles/waivers.css', import.meta.url),
  // A4: nothing sticks, scrolls or floats; cells stand in a line each, for a run has too many cases for paper.
  new URL('./styles/print.css', import.meta.url),
]
  .map(read)
  .join('');

/** Reads with the line ends that a browser makes of any: the page's policy allows by digest, and a checkout may have others. */
function read(file: URL): string {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}
