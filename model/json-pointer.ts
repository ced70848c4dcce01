import type { Json } from '../schemas/contract.ts';

/** Appends one reference token to a JSON pointer (RFC 6901 §3). */
export function appendPointer(pointer: string, token: string | number): string {
  return `${pointer}/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The reference tokens of a JSON pointer, unescaped. */
export function pointerTokens(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value a JSON pointer names, or undefined when there is none. */
export function valueAt(document: Json | undefined, pointer: string): Json | undefined {
  let value = document;
  for (const token of pointerTokens(pointer)) {
    if (value === null || typeof value !== 'object') return undefined;
    value = childOf(value, token);
  }
  return value;
}

/** No inherited property is a field: `__proto__` would lead out of the document. */
function childOf(value: Json[] | { [name: string]: Json }, token: string): Json | undefined {
  if (Array.isArray(value)) return isIndex(token) ? value[Number(token)] : undefined;
  return Object.hasOwn(value, token) ? value[token] : undefined;
}

/** An index has no leading zeros (RFC 6901 §4). */
function isIndex(token: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(token);
}

/** A copy of the document with the value at the pointer replaced, or removed when `value` is undefined. */
export function withValueAt(document: Json, pointer: string, value: Json | undefined): Json {
  const copy = structuredClone(document);
  const tokens = pointerTokens(pointer);
  const last = tokens.pop();
  if (last === undefined) return value === undefined ? null : value;
  let holder: Json | undefined = copy;
  for (const token of tokens) {
    if (holder === null || typeof holder !== 'object' || holder === undefined) return copy;
    holder = childOf(holder, token);
  }
  if (Array.isArray(holder)) {
    if (!isIndex(last)) return copy;
    if (value === undefined) holder.splice(Number(last), 1);
    else holder[Number(last)] = value;
  } else if (holder !== null && typeof holder === 'object') {
    if (value === undefined) delete holder[last];
    // defineProperty, so that a field called __proto__ stays a field.
    else Object.defineProperty(holder, last, { value, enumerable: true, configurable: true, writable: true });
  }
  return copy;
}
