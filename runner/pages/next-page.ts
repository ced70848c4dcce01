import type { Page } from './page.ts';
import { pagingOf } from './paging-params.ts';
import { type Query, withValues } from './query.ts';
import { saidNext } from './said-next.ts';

/**
 * The query of the page behind one: what the answer says of it, or else one number further, where the contract names a parameter for
 * that (`isGuess`: there may be none). Or why there ought to be one that cannot be asked for. Undefined behind the last page.
 */
export type Next = { query: Query; isGuess: boolean } | { problem: string } | undefined;

export function nextPage(page: Page): Next {
  const said = saidNext(page);
  if (said && 'end' in said) return undefined;
  if (said && 'query' in said) return { query: said.query, isGuess: false };
  const query = guess(page);
  return query ? { query, isGuess: true } : said;
}

function guess({ list, query, seen, lastId }: Page): Query | undefined {
  const { after, page, offset } = pagingOf(list);
  if (after !== undefined && lastId !== undefined) return withValues(query, { [after]: lastId });
  if (page) return withValues(query, { [page.name]: numberAfter(query, page) });
  return offset === undefined ? undefined : withValues(query, { [offset]: seen });
}

/** Where nobody says what the first page is called it may be 0, and 1 the second. */
function numberAfter(query: Query, { name, first = 0 }: { name: string; first?: number }): number {
  const last = Number(query.find(([own]) => own === name)?.[1] ?? first);
  return Number.isSafeInteger(last) ? last + 1 : first + 1;
}
