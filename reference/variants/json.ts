import { inJson } from './rewriting.ts';
import type { Variant } from './variant.ts';

/** White space that RFC 8259 §2 allows between tokens. */
const SPACES = [' ', '\t', '\r\n', '\n\n', ' \t \r\n '];

/** JSON in which other white space stands around each token than around the one before. */
function spaced(value: unknown): string {
  let turn = 0;
  const space = () => SPACES[turn++ % SPACES.length] ?? '';
  const token = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g;
  return space() + JSON.stringify(value).replace(token, (each) => each + space());
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, child]) => [name, reversed(child)]),
  );
}

/** A list in an order drawn by lot. */
export function shuffled<Value>(values: readonly Value[]): Value[] {
  return values
    .map((value) => ({ value, at: Math.random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ value }) => value);
}

/** The names of every object in an order drawn by lot, as a hash table with a seed of its own has them. */
function inAnyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inAnyOrder);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(shuffled(Object.entries(value)).map(([name, child]) => [name, inAnyOrder(child)]));
}

/** JSON with every character of its strings, names included, written as an escape. */
function escaped(value: unknown): string {
  const write = (text: string) =>
    [...Array(text.length).keys()].map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
  return JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"/g, (text) => `"${write(JSON.parse(text) as string)}"`);
}

/** Unusual ways of writing the same JSON. */
export const JSON_VARIANTS: Variant[] = [
  { id: 'json-pretty', differs: 'indented JSON', answer: inJson((value) => `${JSON.stringify(value, null, 2)}\n`) },
  { id: 'json-spaced', differs: 'white space around every token', answer: inJson(spaced) },
  {
    id: 'json-order',
    differs: 'the fields in another order',
    answer: inJson((value) => JSON.stringify(reversed(value))),
  },
  {
    id: 'json-order-each-time',
    differs: 'the fields in another order each time',
    answer: inJson((value) => JSON.stringify(inAnyOrder(value))),
  },
  {
    id: 'json-written-each-time',
    differs: 'the same JSON written in another way each time',
    answer: inJson(
      (value) =>
        shuffled([JSON.stringify(value), JSON.stringify(value, null, 2), spaced(value), escaped(value)])[0] ?? '',
    ),
  },
  { id: 'json-escaped', differs: 'every character escaped', answer: inJson(escaped) },
  {
    id: 'json-escaped-ascii',
    differs: 'everything beyond ASCII escaped, in capitals',
    answer: inJson((value) =>
      JSON.stringify(marked(value)).replace(
        /[\u0080-\uffff]/g,
        (char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
      ),
    ),
  },
  {
    id: 'json-escaped-slashes',
    differs: 'slashes escaped',
    answer: inJson((value) => JSON.stringify(marked(value)).replaceAll('/', '\\/')),
  },
];

/** A copy whose summary has something in it to escape. */
function marked(value: unknown): unknown {
  const body = value as { summary?: string };
  return body.summary === undefined ? value : { ...body, summary: `${body.summary} (voilà/または/🐈)` };
}
