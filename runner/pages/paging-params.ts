import type { JsonSchema, Operation, Parameter } from '../../schemas/contract.ts';
import { partsOf } from '../../schemas/schema-parts.ts';

/** Parameters that take what an answer gives to go on with, those first that can mean nothing else. */
const CURSORS = `cursor pagecursor nextcursor pagetoken nextpagetoken nexttoken continuationtoken continuation continue
  after pageafter startingafter startafter marker nextmarker startkey exclusivestartkey since sinceid`.split(/\s+/);

/** Those of them that take the id of the last object of a page. */
const AFTER = 'startingafter startafter after pageafter afterid lastid sinceid'.split(' ');

const PAGE = 'page pagenumber pageno pagenum pageindex'.split(' ');
const OFFSET = 'offset pageoffset skip start startindex from'.split(' ');
const LIMIT = 'limit pagelimit perpage pagesize size maxresults maxitems top first count'.split(' ');

/** No larger page is asked for, whatever is documented: an answer is read up to a bound. */
const MOST_ITEMS = 1000;

/** The query parameters of a list operation that lead from page to page, by what they are for. */
export type Paging = {
  cursors: string[];
  after?: string;
  /** `first` is the number of the first page, where that is documented. */
  page?: { name: string; first?: number };
  offset?: string;
  /** `most` is the largest number that is documented. */
  limit?: { name: string; most: number };
};

/** A name without what people write it with: `page[size]`, `pageSize` and `page_size` are one. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

export function pagingOf({ parameters }: Pick<Operation, 'parameters'>): Paging {
  const query = parameters.filter((each) => each.in === 'query');
  const find = (names: string[]) =>
    names.flatMap((name) => query.find((each) => plainName(each.name) === name) ?? []) as Parameter[];
  const [page] = find(PAGE);
  const [offset] = find(OFFSET);
  const [after] = find(AFTER);
  const limit = find(LIMIT)
    .map(({ name, schema }) => ({ name, most: mostOf(schema) }))
    .find(({ most }) => most > 0);
  const first = page && firstOf(page.schema);
  return {
    cursors: find(CURSORS).map(({ name }) => name),
    ...(after && { after: after.name }),
    ...(page && { page: { name: page.name, ...(first !== undefined && { first }) } }),
    ...(offset && { offset: offset.name }),
    ...(limit && { limit }),
  };
}

/** Names of the parameters that a field of an answer may be meant for, by its name: `next_page_token` is for `page_token`. */
export function paramsFor(field: string, { parameters }: Pick<Operation, 'parameters'>): string[] {
  const own = [plainName(field), plainName(field).replace(/^(?:next|end)/, '')];
  return parameters.filter((each) => each.in === 'query' && own.includes(plainName(each.name))).map(({ name }) => name);
}

function mostOf(schema: JsonSchema): number {
  const bounds = partsOf(schema).flatMap(({ maximum, exclusiveMaximum, enum: choices }) => [
    ...(typeof maximum === 'number' ? [Math.floor(maximum)] : []),
    ...(typeof exclusiveMaximum === 'number' ? [Math.ceil(exclusiveMaximum) - 1] : []),
    ...(Array.isArray(choices) ? [Math.max(...choices.map(Number).filter(Number.isInteger))] : []),
  ]);
  const most = Math.min(...bounds);
  return Number.isFinite(most) ? Math.min(most, MOST_ITEMS) : 0;
}

function firstOf(schema: JsonSchema): number | undefined {
  const given = partsOf(schema).flatMap((part) => [part.default, part.minimum]);
  return given.find((each): each is number => typeof each === 'number');
}
