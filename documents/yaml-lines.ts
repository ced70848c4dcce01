import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, parseEvents } from 'js-yaml';
import type { Place } from './place.ts';

/** Where something stands in a text, from offset to offset, and what is in it, by key or index. */
type Extent = { start: number; end: number; isFlow: boolean; inner: Map<string, Extent> };

/** What a function finds in a text by the way to it: the first and the last line, from 1; 0 where the text is too long to tell. */
export type Lines = (place: Place) => [first: number, last: number];

/**
 * Finds on which lines of a text that is YAML (or JSON) something stands, an entry with its key and an item with its dash; for
 * what is not there, where the nearest thing above it stands. An alias is followed into what it stands for.
 */
export function findLines(text: string): Lines {
  const whole = measure(text);
  return (place) => {
    let extent = whole;
    for (const step of place) {
      const inner = extent.inner.get(String(step));
      if (!inner) break;
      extent = inner;
    }
    return [lineAt(text, extent.start), lineAt(text, closing(text, extent))];
  };
}

/** The line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/).length;
}

function measure(text: string): Extent {
  const events = parseEvents(text, {}).filter(({ type }) => type !== EVENT_ID.DOCUMENT);
  const anchors = new Map<string, Extent['inner']>();
  let next = 0;

  const measureNext = (): Extent => {
    const event = events[next] as Exclude<Event, { type: 1 | 6 }>;
    next += 1;
    const name = text.slice(event.anchorStart, event.anchorEnd);
    const inner = (event.type === EVENT_ID.ALIAS && anchors.get(name)) || new Map<string, Extent>();
    const extent: Extent = { ...bounds(event), isFlow: false, inner };
    if (event.anchorStart >= 0) anchors.set(name, inner);
    if (event.type === EVENT_ID.SCALAR || event.type === EVENT_ID.ALIAS) return extent;
    extent.isFlow = event.style === COLLECTION_STYLE.FLOW;
    while (events[next]?.type !== EVENT_ID.POP) {
      const key = events[next];
      const named = event.type === EVENT_ID.MAPPING ? measureNext() : undefined;
      const part = measureNext();
      const step = key?.type === EVENT_ID.SCALAR && named ? getScalarValue(text, key) : String(inner.size);
      inner.set(step, { ...part, start: named ? named.start : dashBefore(text, part.start) });
      extent.end = Math.max(extent.end, part.end);
    }
    next += 1;
    return extent;
  };

  return measureNext();
}

/** From where to where an event reaches, as far as it says; the end of a collection is that of what is in it. */
function bounds(event: Exclude<Event, { type: 1 | 6 }>): { start: number; end: number } {
  if (event.type === EVENT_ID.ALIAS) return { start: event.anchorStart, end: event.anchorEnd };
  const own = event.type === EVENT_ID.SCALAR ? event.valueStart : event.start;
  const starts = [own, event.anchorStart, event.tagStart].filter((offset) => offset >= 0);
  return { start: Math.min(...starts), end: event.type === EVENT_ID.SCALAR ? event.valueEnd : own };
}

/** The dash of an item may stand on a line of its own. */
function dashBefore(text: string, start: number): number {
  const before = text.slice(0, start).trimEnd();
  return before.endsWith('-') ? before.length - 1 : start;
}

/** A block of text ends before the blank lines behind it, and a flow mapping with its bracket. */
function closing(text: string, { end, isFlow }: Extent): number {
  if (isFlow) return end + (/^[\s"',\]]*\}/.exec(text.slice(end))?.[0].length ?? 1) - 1;
  return text.slice(0, end).trimEnd().length;
}
