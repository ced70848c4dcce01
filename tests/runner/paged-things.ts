import { findNamed, type Inventory } from '../../runner/inventory.ts';
import { bearsMark, newRunId } from '../../runner/run-id.ts';
import type { Json, Link } from '../../schemas/contract.ts';
import { type Asked, listerContract, type Style, sessionFor, startLister, type Thing } from './lister.ts';

export const RUN = newRunId();

/** So many objects, each third a stranger's. */
export function makeThings(count: number, nameOf = (index: number) => `ecc-${RUN}-things-${index}`): Thing[] {
  return Array.from({ length: count }, (_, index) => ({
    id: 1001 + index,
    name: index % 3 === 0 ? `stranger ${index}` : nameOf(index),
  }));
}

export async function look(
  style: Style,
  { things = makeThings(48), place = '/data/0/id' }: { things?: Thing[]; place?: string } = {},
): Promise<Inventory & { asked: string[]; ids: string[]; due: string[] }> {
  const lister = await startLister(style, things);
  try {
    const inventory = await findNamed(sessionFor(listerContract(style, place), lister), (name) => bearsMark(name, RUN));
    const due = things.filter(({ name }) => bearsMark(name, RUN)).map(({ id }) => String(id));
    return { ...inventory, asked: lister.asked, ids: inventory.found.map(({ params }) => params.id ?? ''), due };
  } finally {
    await lister.close();
  }
}

/** The things of a page of two that begins at an index, and the index of the next page. */
export function pageAt(
  { things }: Pick<Asked, 'things'>,
  from: number,
  size = 2,
): { data: Thing[]; next: number | undefined } {
  const next = from + size < things.length ? from + size : undefined;
  return { data: things.slice(from, from + size), next };
}

export const encode = (index: number) => Buffer.from(`from ${index}`).toString('base64');
const decode = (cursor: string | null) => (cursor ? Number(Buffer.from(cursor, 'base64').toString().slice(5)) : 0);

export const TEXT = { type: 'string' };
export const NUMBER = { type: 'integer' };

/** A list with a cursor in a query parameter, whose answer says of the next one as `say` has it. */
export function byCursor(name: string, say: (cursor: string | null, asked: Asked) => Json, links: Link[] = []): Style {
  return {
    parameters: { [name]: TEXT },
    links,
    answer(asked) {
      const { data, next } = pageAt(asked, decode(asked.query.get(name)));
      return { body: { data, ...(say(next === undefined ? null : encode(next), asked) as object) } };
    },
  };
}
