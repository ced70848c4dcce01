import type { Said, Text } from './said.ts';

/** Where two texts differ: which words of how many; or, where their numbers differ, a stretch with as much in common before and behind. */
export type Change = {
  place: string;
  one: Text;
  other: Text;
  /** `number of words:index` of each word that differs; empty for a stretch. */
  words: string[];
  /** How many words the two have in common. */
  common: number;
  /** Set when the words of one are all in the other: something came in between, or fell out. */
  isGrown: boolean;
};

/** How two answers differ: in status or set of places (`shape`), and in texts. */
export type Differences = { status: boolean; shape: string[]; changes: Change[] };

/** In what two answers differ. At each place, what both have is set aside, whatever its order; the rest is compared sorted. */
export function differ(one: Said, other: Said): Differences {
  const shape: string[] = [];
  const changes: Change[] = [];
  const status = one.status !== other.status;
  if (one.body === other.body) return { status, shape, changes };
  for (const place of new Set([...one.texts.keys(), ...other.texts.keys()])) {
    const [mine, theirs] = [one.texts.get(place) ?? [], other.texts.get(place) ?? []];
    if (mine.length !== theirs.length) {
      shape.push(place);
      continue;
    }
    const [left, right] = [without(mine, theirs), without(theirs, mine)];
    for (const [index, text] of left.entries()) changes.push(changeOf(place, text, right[index] ?? text));
  }
  return { status, shape, changes };
}

/** The texts of one list that are not in another, each as often as it has no partner there, sorted: what begins alike comes together. */
function without(texts: readonly Text[], others: readonly Text[]): Text[] {
  const counts = new Map<string, number>();
  for (const { plain } of others) counts.set(plain, (counts.get(plain) ?? 0) + 1);
  const rest = texts.filter(({ plain }) => {
    const left = counts.get(plain) ?? 0;
    if (left > 0) counts.set(plain, left - 1);
    return left === 0;
  });
  return rest.sort((one, two) => (one.plain < two.plain ? -1 : Number(one.plain > two.plain)));
}

function changeOf(place: string, one: Text, other: Text): Change {
  const [mine, theirs] = [one.plain.split(/\s+/), other.plain.split(/\s+/)];
  const total = mine.length;
  if (total === theirs.length) {
    const words = mine.flatMap((word, index) => (word === theirs[index] ? [] : [`${total}:${index}`]));
    return { place, one, other, words, common: total - words.length, isGrown: false };
  }
  const most = Math.min(total, theirs.length);
  let before = 0;
  while (before < most && mine[before] === theirs[before]) before += 1;
  let behind = 0;
  while (before + behind < most && mine.at(-1 - behind) === theirs.at(-1 - behind)) behind += 1;
  return { place, one, other, words: [], common: before + behind, isGrown: before + behind === most };
}
