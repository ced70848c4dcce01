import type { Exchange } from '../model/exchange.ts';
import type { Resource } from '../plan/resources.ts';
import type { Json } from '../schemas/contract.ts';
import { keyOf } from './made-object.ts';
import { nameAt, nameFields } from './own-names.ts';

/** An object on the target that bears this run's name. */
export type Found = { params: Record<string, string>; name: string };

/** What was made and not told of: of which kind, which object, and the answers of which one must have made it. */
export type Stray = Found & { resource: Resource; answers: string[] };

/** One kind: what is there, and what may be. */
export type Book = {
  resource: Resource;
  /** Ids that this run has made, and those of them that are still there. */
  known: Set<string>;
  alive: Set<string>;
  /** Those that were not seen in a list yet, which may know them by another id than was told, perhaps the same of all. */
  unlisted: { key: string; names: string[] }[];
  /** Creates that were sent and not answered, and the answers since the last look of those that made nothing that they told of. */
  underWay: number;
  answers: string[];
  /** Of these, the ones that said that something was made, and not what. */
  owed: number;
  /** Whether one of them may well have made something: what is next waits for a look. */
  isDoubtful: boolean;
  /** How many may be unseen before a look: few at first, more while nothing is found. */
  step: number;
  /** What the last look was, where it showed nothing. */
  blind?: 'unlisted' | 'unseen';
  looking?: Promise<Stray[]>;
  /** Resolves when whoever keeps the kind to himself is done. */
  kept?: Promise<unknown>;
  wake: (() => void)[];
};

/** A change is waited for no longer than so many milliseconds. */
const LONGEST_MS = 500;

/** How an object of a list is known: by the id that this run was told, by its name alone, since it was told another id, or not at all. */
export function knowBy({ resource, known, unlisted }: Book, { params, name }: Found): 'id' | 'name' | undefined {
  const key = keyOf(resource.path, params);
  if (known.has(key)) {
    takeOut(unlisted, (each) => each.key === key);
    return 'id';
  }
  if (!takeOut(unlisted, ({ names }) => names.includes(name))) return undefined;
  known.add(key);
  return 'name';
}

/** Takes the first of these out of a list; false where there is none. */
function takeOut<Item>(list: Item[], isIt: (item: Item) => boolean): boolean {
  const at = list.findIndex(isIt);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}

/** Notes by which names an object that was made is listed; by none once it is gone. */
export function nameObject({ unlisted }: Book, key: string, names: string[]): void {
  if (names.length > 0) unlisted.push({ key, names });
  else takeOut(unlisted, (each) => each.key === key);
}

/** The names that a create gave. */
export function namesOf({ create }: Resource, { request: { body } }: Exchange): string[] {
  if (!body || !('text' in body)) return [];
  const sent = parseOr(body.text);
  return nameFields(create).flatMap((field) => nameAt(sent, field) ?? []);
}

function parseOr(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

/** A kind of which nothing is there. */
export function openBook(resource: Resource): Book {
  return {
    resource,
    known: new Set(),
    alive: new Set(),
    unlisted: [],
    underWay: 0,
    answers: [],
    owed: 0,
    isDoubtful: false,
    step: 1,
    wake: [],
  };
}

/** Resolves with how long it took, in milliseconds, when something about a kind has changed, or a while later. */
export async function nextChange(book: Book): Promise<number> {
  const before = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, LONGEST_MS);
    book.wake.push(() => {
      clearTimeout(timer);
      resolve();
    });
  });
  return performance.now() - before;
}

/** Tells whoever waits for a change. */
export function wake(book: Book): void {
  for (const each of book.wake.splice(0)) each();
}
