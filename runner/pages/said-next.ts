import { valueAt } from '../../model/json-pointer.ts';
import { rightCredential } from '../../provocations/credentials.ts';
import type { Json, Operation } from '../../schemas/contract.ts';
import { readExpression } from '../../schemas/links.ts';
import type { Page } from './page.ts';
import { pagingOf, paramsFor, plainName } from './paging-params.ts';
import { type Query, readQuery, withValues } from './query.ts';

/** What an answer says of the page behind it: its query, that there is none, or why it cannot be followed. */
export type Said = { query: Query } | { end: true } | { problem: string };

/** Fields that say how to go on, by their plain names, and those that may also say how one came here. */
const NEXT =
  `next nextpage nexturl nextpageurl nexthref nextlink odatanextlink nextcursor nextpagetoken nexttoken nextoffset
  nextmarker continuationtoken continue`.split(/\s+/);
const MAY_BE_OLD = ['endcursor', 'after', 'cursor'];
const MORE = 'hasmore hasnext hasnextpage more'.split(' ');

/** Fields so deep in an answer are looked at, and so many; longer values lead nowhere. */
const DEEPEST = 4;
const MOST_FIELDS = 500;
const LONGEST = 8000;

/** Reads where the next page is, from a `Link` header (RFC 8288), a link of the contract or a field of the body; undefined where nothing says so. */
export function saidNext(page: Page): Said | undefined {
  const all = [headerSays(page), contractSays(page), bodySays(page)].filter((each) => each !== undefined);
  return all.find((each) => !('problem' in each)) ?? all[0];
}

function headerSays({ list, url, headers, query }: Page): Said | undefined {
  const values = headers.filter(([name]) => name.toLowerCase() === 'link').map(([, value]) => value);
  // What a URL holds, and a title may, is neither `<` nor `>`.
  for (const part of values.flatMap((value) => value.split('<').slice(1))) {
    const [target = '', params = ''] = part.split('>');
    const [, quoted, bare = ''] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]*))/i.exec(params) ?? [];
    if ((quoted ?? bare).toLowerCase().split(/\s+/).includes('next')) return follow(target, list, url, query);
  }
  return undefined;
}

/** The list's link to itself names the parameters to go on with (OpenAPI 3.1 §4.8.20), as `cursor` or `query.cursor`. */
function contractSays({ list, body, query }: Page): Said | undefined {
  const link = list.links.find(({ operationId }) => operationId === list.id);
  const own = Object.entries(link?.parameters ?? {}).flatMap(([name, expression]) => {
    const read = readExpression(expression);
    return read && 'pointer' in read
      ? [[name.replace(/^query\./, ''), scalarOf(valueAt(body, read.pointer))] as const]
      : [];
  });
  if (own.length === 0) return undefined;
  const values = own.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return values.length < own.length ? { end: true } : { query: withValues(query, Object.fromEntries(values)) };
}

function bodySays(page: Page): Said | undefined {
  const fields = [...fieldsOf(page.body)];
  const hasMore = fields.find(([name]) => MORE.includes(plainName(name)))?.[1];
  if (hasMore === false) return { end: true };
  const clear = readFields(page, fields, NEXT);
  if (clear) return clear;
  if (hasMore !== true && fields.some(([name, value]) => NEXT.includes(plainName(name)) && isNothing(value)))
    return { end: true };
  const said = readFields(page, fields, MAY_BE_OLD);
  if (said && 'query' in said) return said;
  return hasMore === true ? { problem: 'it says that there is more, and not how to ask for it' } : undefined;
}

/** What the first of the fields with one of these names says that can be followed, or else why the first cannot. */
function readFields(page: Page, fields: [string, Json][], names: string[]): Said | undefined {
  const given = names.flatMap((own) => fields.filter(([name]) => plainName(name) === own));
  const all = given.flatMap(([name, value]) => {
    const text = textOf(value);
    return text === undefined ? [] : [fieldSays(page, name, text)];
  });
  return all.find((each) => 'query' in each) ?? all[0];
}

function fieldSays({ list, url, query }: Page, name: string, text: string): Said {
  if (/^https?:\/\/|^\?/i.test(text)) return follow(text, list, url, query);
  const path = text.startsWith('/') ? follow(text, list, url, query) : undefined;
  // A cursor may begin with a slash, too.
  if (path && 'query' in path) return path;
  const { cursors, page, offset } = pagingOf(list);
  const isNumber = /^\d+$/.test(text);
  const [param] = [...paramsFor(name, list), ...cursors, ...(isNumber ? [page?.name, offset] : [])].filter(
    (each) => each !== undefined,
  );
  if (param !== undefined) return { query: withValues(query, { [param]: text }) };
  return path ?? { problem: `its "${name}" fits no query parameter that the contract names` };
}

/** A URL leads on only to the same list of the same server, where it is the query that counts, without a credential that was in ours. */
function follow(target: string, list: Operation, url: string, query: Query): Said {
  const own = new URL(url);
  const next = URL.canParse(target.trim(), url) ? new URL(target.trim(), url) : undefined;
  if (!next || own.origin !== next.origin || trimEnd(own.pathname) !== trimEnd(next.pathname))
    return { problem: `its next page is said to be somewhere else: ${target.slice(0, 200)}` };
  const secret = rightCredential(list).query.map(([name]) => name);
  const given = readQuery(next.search).filter(([name]) => !secret.includes(name));
  // What the first page was asked with counts on, unless the URL says otherwise.
  const kept = query.filter(([name]) => !given.some(([other]) => other === name));
  return { query: [...kept, ...given] };
}

function trimEnd(path: string): string {
  return path.replace(/\/$/, '');
}

/** The fields of a body and of the objects in it, outermost first; what stands in a list is about one object. */
function* fieldsOf(body: Json): Generator<[name: string, value: Json]> {
  let level: Json[] = [body];
  for (let depth = 0, count = 0; depth < DEEPEST && level.length > 0; depth++) {
    const below: Json[] = [];
    for (const each of level) {
      if (each === null || typeof each !== 'object' || Array.isArray(each)) continue;
      for (const field of Object.entries(each)) {
        count += 1;
        if (count > MOST_FIELDS) return;
        below.push(field[1]);
        yield field;
      }
    }
    level = below;
  }
}

/** A text or a number, or where an object says to go (`{ "href": … }`). */
function textOf(value: Json): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return scalarOf(value);
  return scalarOf(value.href) ?? scalarOf(value.url) ?? scalarOf(value.cursor);
}

function scalarOf(value: Json | undefined): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value);
  return text === '' || text.length > LONGEST ? undefined : text;
}

function isNothing(value: Json): boolean {
  return value === null || value === '' || value === false;
}
