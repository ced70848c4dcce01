import { COLLECTION_STYLE, EVENT_ID, type Event, parseEvents } from 'js-yaml';

/**
 * The first and last line (from 1) of each item of the one sequence in a YAML file that is a mapping with a single key, such as
 * waivers.yaml: what to delete to be rid of the item.
 */
export function linesOfItems(text: string): [first: number, last: number][] {
  const items: { start: number; end: number; isFlow: boolean }[] = [];
  // Mapping, sequence, item: how deep the parser is in.
  let depth = 0;
  for (const event of parseEvents(text, {})) {
    if (event.type === EVENT_ID.DOCUMENT) continue;
    if (event.type === EVENT_ID.POP) {
      depth -= 1;
      continue;
    }
    const [start, end] = extentOf(event);
    const isCollection = event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE;
    if (depth === 2) items.push({ start, end, isFlow: isCollection && event.style === COLLECTION_STYLE.FLOW });
    const item = items.at(-1);
    if (item && depth > 2) item.end = Math.max(item.end, end);
    if (isCollection) depth += 1;
  }
  return items.map(({ start, end, isFlow }) => [
    lineAt(text, dashBefore(text, start)),
    lineAt(text, closing(text, end, isFlow)),
  ]);
}

/** From where to where an event reaches, as far as it says; the end of a collection is that of what is in it. */
function extentOf(event: Exclude<Event, { type: 1 | 6 }>): [start: number, end: number] {
  const start =
    event.type === EVENT_ID.SCALAR ? event.valueStart : event.type === EVENT_ID.ALIAS ? event.anchorStart : event.start;
  const end =
    event.type === EVENT_ID.SCALAR ? event.valueEnd : event.type === EVENT_ID.ALIAS ? event.anchorEnd : event.start;
  const tagStart = event.type === EVENT_ID.ALIAS ? -1 : event.tagStart;
  const starts = [start, event.anchorStart, tagStart].filter((offset) => offset >= 0);
  return [Math.min(...starts), end];
}

/** The dash of a block sequence may stand on a line of its own. */
function dashBefore(text: string, start: number): number {
  const before = text.slice(0, start).trimEnd();
  return before.endsWith('-') ? before.length - 1 : start;
}

/** A block of text ends before the blank lines behind it, and a flow mapping with its bracket. */
function closing(text: string, end: number, isFlow: boolean): number {
  if (isFlow) return end + (/^[\s"',\]]*\}/.exec(text.slice(end))?.[0].length ?? 1) - 1;
  return text.slice(0, end).trimEnd().length;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/).length;
}
