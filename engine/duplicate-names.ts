import { appendPointer } from './json-pointer.ts';

type Level = { names: Set<string> | undefined; pointer: string; index: number; name: string };

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

/**
 * JSON pointers of the names that stand twice in one object of a JSON text (RFC 8259 §4). The text must be valid JSON;
 * JSON.parse keeps the last one only, so they have to be looked for in the text. No recursion: depth is the server's choice.
 */
export function findDuplicateNames(text: string): string[] {
  const found: string[] = [];
  const stack: Level[] = [];
  let isName = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const top = stack.at(-1);
    if (token === '{' || token === '[') {
      const pointer = top ? appendPointer(top.pointer, top.names ? top.name : top.index) : '';
      stack.push({ names: token === '{' ? new Set() : undefined, pointer, index: 0, name: '' });
      isName = token === '{';
    } else if (token === '}' || token === ']') {
      stack.pop();
      isName = false;
    } else if (token === ',') {
      if (top) top.index++;
      isName = top?.names !== undefined;
    } else if (token === ':') {
      isName = false;
    } else if (isName && top?.names) {
      top.name = JSON.parse(token) as string;
      if (top.names.has(top.name)) found.push(appendPointer(top.pointer, top.name));
      top.names.add(top.name);
    }
  }
  return found;
}
