import { ApiError } from './errors.ts';
import { createStore, type Item, KINDS, type Kind, putItem, type Store } from './store.ts';

type Reader = (snapshot: { objects: Record<Kind, Item[]> }) => Store;

/** Readers of the snapshot formats this build knows. Format 0 came before objects had ids; nobody reads it any more. */
const READERS: ReadonlyMap<number, Reader> = new Map([[1, readFormat1]]);

/** Opens a stored snapshot: a SyntaxError if its text is damaged, a 501 if its format has no reader. */
export function readSnapshot(text: string): Store {
  const snapshot = JSON.parse(text) as { format: number; objects: Record<Kind, Item[]> };
  const reader = READERS.get(snapshot.format);
  if (reader === undefined) throw new ApiError(501, 'The account is stored in a format that is not supported.');
  return reader(snapshot);
}

/** Makes the text of a snapshot in the current format. */
export function writeSnapshot(objects: Record<Kind, Item[]>): string {
  return JSON.stringify({ format: 1, objects });
}

function readFormat1({ objects }: { objects: Record<Kind, Item[]> }): Store {
  const store = createStore();
  for (const kind of KINDS) for (const item of objects[kind]) putItem(store, kind, item);
  return store;
}
