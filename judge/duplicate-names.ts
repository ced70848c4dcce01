import { appendPointer } from '../model/json-pointer.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const OPEN_OBJECT = 0x7b;

/**
 * JSON pointers of the names that stand twice in one object of a JSON text (RFC 8259 §4). The text must be valid JSON;
 * JSON.parse keeps the last one only, so they have to be looked for in the text. No recursion, and next to no memory for what
 * is in order: depth and length are the server's choice.
 */
export function findDuplicateNames(text: string): string[] {
  const found: string[] = [];
  const open = openLevels();
  let isName = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (isName && open.addName(JSON.parse(text.slice(at, end + 1)) as string)) found.push(open.pointer());
      isName = false;
      at = end;
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      open.enter(code === OPEN_OBJECT);
      isName = code === OPEN_OBJECT;
    } else if (code === COMMA) isName = open.next();
    // The closing characters of both kinds stand two behind their opening ones.
    else if (code === OPEN_OBJECT + 2 || code === OPEN_LIST + 2) open.leave();
  }
  return found;
}

/** Index of the quote that ends the string which begins at an index. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(at)) at += code === BACKSLASH ? 2 : 1;
  return at;
}

/** The objects and arrays that are open, outermost first; lists beside each other, since a hundred thousand may be open. */
function openLevels() {
  const isObject: boolean[] = [];
  const indexes: number[] = [];
  const names: string[] = [];
  const seen: (Set<string> | undefined)[] = [];
  /** Pointers of the levels that somebody has asked for; those above one that is known are known, too. */
  const pointers: string[] = [];
  const last = () => indexes.length - 1;
  return {
    enter(object: boolean): void {
      isObject.push(object);
      indexes.push(0);
      names.push('');
      seen.push(undefined);
    },
    leave(): void {
      for (const list of [isObject, indexes, names, seen]) list.pop();
      if (pointers.length > indexes.length) pointers.length = indexes.length;
    },
    /** Goes on to the next member; yields whether it begins with a name. */
    next(): boolean {
      indexes[last()] = (indexes[last()] ?? 0) + 1;
      return isObject[last()] === true;
    },
    /** Takes a name down; yields whether the object has it already. A set is made for an object's second name only. */
    addName(name: string): boolean {
      const first = names[last()] ?? '';
      names[last()] = name;
      if (indexes[last()] === 0) return false;
      const known = seen[last()] ?? new Set([first]);
      seen[last()] = known;
      const isKnown = known.has(name);
      known.add(name);
      return isKnown;
    },
    /** The pointer of the name that was taken down last. */
    pointer(): string {
      for (let depth = pointers.length; depth <= last(); depth += 1) {
        const above = depth - 1;
        const token = isObject[above] ? (names[above] ?? '') : (indexes[above] ?? 0);
        pointers.push(depth === 0 ? '' : appendPointer(pointers[above] ?? '', token));
      }
      return appendPointer(pointers[last()] ?? '', names[last()] ?? '');
    },
  };
}
