import { type Change, type Differences, differ } from './differ.ts';
import type { Said, Text } from './said.ts';

/** Two answers to the same request, and in what they differ. */
export type Twice = { first: Said; second: Said; differences: Differences };

/** Sets two answers to the same request side by side. */
export function pairUp(first: Said, second: Said): Twice {
  return { first, second, differences: differ(first, second) };
}

/**
 * Those pairs of equal requests of one cell whose answers differ by more than what is another in each answer, such as an id, a
 * time or words drawn by lot. They do when
 * - the status differs, or a member is there in one answer only;
 * - words are added to a text or taken from it;
 * - of the texts at that place that differ from their twin's, half or more are said again in the cell: an id is not, a message is;
 * - two or more words that a quarter of the answers of the cell say there, and at least three, stand in one of the two only;
 * - a text of several words has none in common with its twin's, and no other pair teaches that all of it changes each time.
 * One pair alone teaches nothing about a few words among others, and these are let pass: a miss is better than a false alarm.
 */
export function findUnstable<Pair extends { twice: Twice }>(pairs: readonly Pair[]): Pair[] {
  const learned = learnPlaces(pairs.map(({ twice }) => twice));
  return pairs.filter(({ twice }) => {
    const { status, shape, changes } = twice.differences;
    if (status || shape.length > 0) return true;
    const places = [...new Set(changes.map(({ place }) => place))];
    if (places.some((place) => learned.get(place)?.isSaidAgain || hasOtherWords(twice, place, learned))) return true;
    return changes.some(({ place, one, other, common, isGrown }) => {
      const isOther = common === 0 && /\s/.test(one.plain + other.plain);
      return isGrown || (isOther && (learned.get(place)?.pairs ?? 0) < 2);
    });
  });
}

/** Whether two or more of the words that are usual at a place stand in one answer only. */
function hasOtherWords({ first, second }: Twice, place: string, learned: ReadonlyMap<string, Place>): boolean {
  const usual = learned.get(place)?.usual;
  const [mine, theirs] = [wordsOf(first.texts.get(place)), wordsOf(second.texts.get(place))];
  const countLost = (from: ReadonlySet<string>, to: ReadonlySet<string>) =>
    [...from].filter((word) => usual?.has(word) && !to.has(word)).length;
  return countLost(mine, theirs) >= 2 || countLost(theirs, mine) >= 2;
}

/**
 * At a place: how many pairs differ there, whether half or more of what these say is said by other answers as well, and the words
 * that many answers say there.
 */
type Place = { pairs: number; isSaidAgain: boolean; usual: ReadonlySet<string> };

function wordsOf(texts: readonly Text[] = []): Set<string> {
  return new Set(texts.flatMap(({ plain }) => plain.split(/\s+/)));
}

function learnPlaces(all: readonly Twice[]): Map<string, Place> {
  const changed = new Map<string, { pairs: number; texts: string[] }>();
  for (const { differences } of all) {
    const here = new Set<string>();
    for (const { place, one, other } of differences.changes) {
      const known = changed.get(place) ?? { pairs: 0, texts: [] };
      known.texts.push(one.exact, other.exact);
      if (!here.has(place)) known.pairs += 1;
      here.add(place);
      changed.set(place, known);
    }
  }
  const answers = all.flatMap(({ first, second }) => [first, second]);
  const learned = new Map<string, Place>();
  for (const [place, { pairs, texts }] of changed) {
    const said = new Map<string, number>();
    for (const { texts: own } of answers)
      for (const text of new Set(own.get(place)?.map(({ exact }) => exact))) said.set(text, (said.get(text) ?? 0) + 1);
    const again = texts.filter((text) => (said.get(text) ?? 0) > 1).length;
    const usual = findUsual(answers.flatMap(({ texts: own }) => own.get(place) ?? []));
    learned.set(place, { pairs, isSaidAgain: again * 2 >= texts.length, usual });
  }
  return learned;
}

/** Words that a quarter of the texts have, and at least three of them. */
function findUsual(texts: readonly Text[]): Set<string> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of wordsOf([text])) counts.set(word, (counts.get(word) ?? 0) + 1);
  const least = Math.max(3, texts.length / 4);
  return new Set([...counts].flatMap(([word, often]) => (often >= least ? [word] : [])));
}

/** What changes from answer to answer, by place: the words of a text, by `Change.words`, or all that stands there (`*`). */
export type Volatile = ReadonlyMap<string, ReadonlySet<string>>;

/** Learns what changes from pairs of equal requests. */
export function learnVolatile(pairs: readonly Twice[]): Volatile {
  const learned = new Map<string, Set<string>>();
  const add = (place: string, words: readonly string[]): void => {
    const known = learned.get(place) ?? new Set();
    for (const each of words) known.add(each);
    learned.set(place, known);
  };
  for (const { differences } of pairs) {
    const { status, shape, changes } = differences;
    // Answers with another status are about something else.
    if (status) continue;
    for (const place of shape) add(place, ['*']);
    for (const { place, words } of changes) add(place, words.length === 0 ? ['*'] : words);
  }
  return learned;
}

/** Whether two answers differ by nothing but what changes from answer to answer. */
export function isAlike(one: Said, other: Said, learned: Volatile): boolean {
  const { status, shape, changes } = differ(one, other);
  const isFree = (place: string) => learned.get(place)?.has('*') ?? false;
  const isLearned = ({ place, words }: Change) =>
    isFree(place) || (words.length > 0 && words.every((each) => learned.get(place)?.has(each)));
  return !status && shape.every(isFree) && changes.every(isLearned);
}
