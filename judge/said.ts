import type { Exchange } from '../model/exchange.ts';
import { decodeLoosely } from '../model/percent.ts';
import type { Json } from '../schemas/contract.ts';
import { parseBody } from './response-body.ts';
import { maskVolatile } from './volatile.ts';

/**
 * What an answer says: its status, or how there was none (`no answer (timeout)`), and the texts of its body by place. A place is a
 * JSON pointer with `*` for any entry of a list, and the type of what stands there: `/errors/*:string`. A body that is no JSON is one
 * text at `:text`. So neither the order of names nor that of entries is part of it, nor how JSON is written.
 */
export type Said = {
  status: string;
  /** The body as it came: where two are the same, so are their texts. */
  body: string;
  texts: ReadonlyMap<string, Text[]>;
};

/** A text of a body, and the same without what no two sendings can teach: see `plain`. */
export type Text = { exact: string; plain: string };

/** Deeper than this, in levels, all values are alike: depth is the server's choice. */
const DEEPEST = 40;

const NOTHING: Text = { exact: '', plain: '' };

/** Numbers, with their points and commas. */
const DIGITS = /\d+(?:[.,]\d+)*/g;

/** Reads an answer. Where it names what it was asked for, and its digits, are left out: see `plain`. */
export function readSaid(exchange: Exchange): Said {
  let texts: Said['texts'] | undefined;
  return {
    status: statusOf(exchange),
    body: exchange.response?.body ?? '',
    // Most answers are the same as their twins, and a body can be made of a hundred thousand values.
    get texts() {
      texts ??= readTexts(exchange);
      return texts;
    },
  };
}

function readTexts(exchange: Exchange): Said['texts'] {
  const { response } = exchange;
  const texts = new Map<string, Text[]>();
  if (!response) return texts;
  const own = namesOf(exchange);
  const body = parseBody(response);
  if (body.kind === 'json') collect(body.value, texts, own);
  else if (body.kind === 'invalid') texts.set(':text', [plain(response.body, own)]);
  return texts;
}

/** The status of an answer, or how there was none. */
export function statusOf({ response, failure }: Exchange): string {
  return response ? String(response.status) : `no answer (${failure?.kind ?? 'none'})`;
}

/** No recursion, and nothing is copied: a body can be made of a hundred thousand values. */
function collect(whole: Json, texts: Map<string, Text[]>, own: readonly string[]): void {
  const open: { value: Json; place: string; depth: number }[] = [{ value: whole, place: '', depth: 0 }];
  const add = (place: string, text: Text): void => {
    const known = texts.get(place);
    if (known) known.push(text);
    else texts.set(place, [text]);
  };
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, place, depth } = next;
    if (typeof value === 'string') add(`${place}:string`, plain(value, own));
    else if (typeof value === 'number') add(`${place}:number`, NOTHING);
    else if (typeof value === 'boolean') add(`${place}:${value}`, NOTHING);
    else if (value === null) add(`${place}:null`, NOTHING);
    else if (depth >= DEEPEST) add(`${place}:deep`, NOTHING);
    else {
      const isList = Array.isArray(value);
      const children = Object.entries(value);
      if (children.length === 0) add(`${place}:${isList ? 'list' : 'object'}`, NOTHING);
      for (const [name, child] of children)
        open.push({ value: child, place: `${place}/${isList ? '*' : maskVolatile(name)}`, depth: depth + 1 });
    }
  }
}

/** An answer may name what it was asked for: its path, or the object at the end of it. */
function namesOf({ request }: Exchange): string[] {
  const path = request.target.split('?')[0] ?? '';
  const name = path.slice(path.lastIndexOf('/') + 1);
  return [path, decodeLoosely(path), name, decodeLoosely(name)].filter((text) => text.length > 3);
}

/**
 * A text without what two sendings cannot teach: they come in one second and take as long as each other, so that a clock, a counter or
 * a duration may be the same in both, and another one a moment later. So no digit is evidence, nor what has the form of an id.
 */
function plain(text: string, own: readonly string[]): Text {
  const exact = own.reduce((rest, each) => rest.replaceAll(each, '<target>'), text);
  return { exact, plain: maskVolatile(exact).replace(DIGITS, '0') };
}
