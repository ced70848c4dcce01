import { parseExactly } from '../../judge/response-body.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Resource } from '../../plan/resources.ts';
import { buildRequest } from '../../provocations/request.ts';
import type { Json } from '../../schemas/contract.ts';
import { fillPath } from '../../schemas/path-params.ts';
import { sendPatiently } from '../send-patiently.ts';
import { serverDate } from '../server-date.ts';
import type { Session } from '../session.ts';
import { type Item, itemsOf } from './list-items.ts';
import { nextPage } from './next-page.ts';
import { pagingOf } from './paging-params.ts';
import { type Query, withValues, writeQuery } from './query.ts';

/** A list without an end is left after so many pages, or so many milliseconds. */
const MOST_PAGES = 3000;
const LONGEST_MS = 5 * 60_000;

/** What is sent with: the parts of a session that send. */
type Sending = Pick<Session, 'client' | 'patience' | 'types' | 'lateness'>;

/**
 * What a list shows, each object once; `problem` is a sentence on why that may not be all of it. `date` is the earliest that an answer
 * was dated, by the server's clock, in milliseconds since 1970.
 */
export type Listed = { items: Item[]; problem?: string; date?: number };

/** Looks through a list, page by page, as the contract and the answers lead. `params` are its path parameters. */
export async function listAll(session: Sending, resource: Resource, params: Record<string, string>): Promise<Listed> {
  const { list, idParam } = resource;
  if (!list) return { items: [] };
  const found = new Map<string, Item>();
  const asked = new Set<string>();
  const dates: number[] = [];
  const from = performance.now();
  const end = (problem?: string): Listed => ({
    items: [...found.values()],
    ...(dates.length > 0 && { date: Math.min(...dates) }),
    ...(problem !== undefined && { problem: `${list.method} ${fill(list.path, params)} ${problem}` }),
  });
  const ask = async (query: Query): Promise<Answered> => {
    asked.add(writeQuery(query));
    const without = query.map(([name]) => name);
    const request = buildRequest(list, { params, without, ...(query.length > 0 && { query: writeQuery(query) }) });
    const { exchange } = await sendPatiently(session, { request, danger: 'read' });
    const date = serverDate(exchange);
    if (date !== undefined) dates.push(date);
    const body = exchange.response?.status === 200 ? parseExactly(exchange.response) : undefined;
    return { exchange, query, ...(body?.kind === 'json' && { body: body.value }) };
  };
  let answered = await askFirst(pagingOf(list), ask);
  for (let pages = 1, seen = 0, isGuess = false; ; pages++) {
    const { exchange, query, body } = answered;
    const items = body === undefined ? undefined : itemsOf(resource, body, params);
    const isBeyond = isGuess && BEYOND.includes(exchange.response?.status ?? 0);
    if (!items || body === undefined) return end(isBeyond ? undefined : whyUnread(exchange, body));
    seen += items.length;
    const before = found.size;
    for (const item of items) found.set(keyOf(item), item);
    // The second page may be the first once more, where pages are counted from 1 and nobody says so.
    if (found.size === before && !(isGuess && pages === 2)) return end();
    const { url, response } = exchange;
    const lastId = items.at(-1)?.params?.[idParam];
    const page = { list, query, url, headers: response?.headers ?? [], body, seen };
    const next = nextPage({ ...page, ...(lastId !== undefined && { lastId }) });
    if (!next) return end();
    if ('problem' in next) return end(`shows one page of several: ${next.problem}`);
    if (asked.has(writeQuery(next.query))) return end();
    if (pages >= MOST_PAGES || performance.now() - from > LONGEST_MS)
      return end(`has more pages than the ${pages} that were looked through`);
    answered = await ask(next.query);
    isGuess = next.isGuess;
  }
}

type Answered = { exchange: Exchange; query: Query; body?: Json };

/** How a server answers a page that there is not. */
const BEYOND = [204, 400, 404, 416, 422];

/** The first page, as large as is documented; where that is refused, or too long to be read, as large as it comes. */
async function askFirst(
  { limit }: ReturnType<typeof pagingOf>,
  ask: (query: Query) => Promise<Answered>,
): Promise<Answered> {
  const answered = await ask(limit ? withValues([], { [limit.name]: limit.most }) : []);
  return limit && answered.exchange.response && answered.body === undefined ? ask([]) : answered;
}

function whyUnread({ response, failure }: Exchange, body: Json | undefined): string {
  if (body !== undefined) return 'shows no list where the contract has one';
  if (response?.status === 200) return 'answered 200 with no JSON that can be read to its end';
  return `answered ${response?.status ?? `nothing (${failure?.message ?? 'no answer'})`}`;
}

function keyOf({ value, params }: Item): string {
  return JSON.stringify(params ?? value);
}

function fill(path: string, params: Record<string, string>): string {
  return fillPath(path, (name) => params[name] ?? '');
}
