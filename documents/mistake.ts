import { type Place, showPlace } from './place.ts';
import type { Lines } from './yaml-lines.ts';

/** One thing wrong with a document. */
export type Mistake = { place: Place; expected: string; found: string };

/** The sentence that tells of a mistake in a document, with its file and line. */
export function tellMistake(
  { name, lines }: { name: string; lines: Lines },
  { place, expected, found }: Mistake,
): string {
  const [line] = lines(place);
  return `${name}:${line === 0 ? '' : `${line}:`} ${showPlace(place)}: expected ${expected}, found ${found}`;
}
