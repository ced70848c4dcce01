import type { Exchange } from '../model/exchange.ts';

/**
 * What stands in a report for what only this run has, so that two identical runs make the same report: `{{id:1}}`, `{{run:1}}`
 * (numbered in order of appearance, so that what is equal stays equal and what differs stays different), `{{port}}`, and, as
 * nobody can tell in which second it falls, `{{time}}` for a moment about the time of the run.
 */
export type StandIns = {
  /** A text with its own ids, names and times replaced. */
  replace: (text: string) => string;
  /** The same for base64 of bytes that are no text: as many letters x take their place, so that the length stays. */
  blot: (base64: string) => string;
  /** What each stand-in stands for; it grows with what is replaced. */
  values: Record<string, string>;
};

/** Digits, perhaps with an exponent: a number in JSON, of which nothing else may be made. */
const NO_NUMBER = String.raw`(?!\d+(?:[eE][-+]?\d*)?(?![\w-]))`;

/** The run's own names, ids as servers give them (see `volatile.ts`), and moments. Ids that begin with zeros are made up and stay. */
const OWN = new RegExp(
  [
    'ecc-(?<run>[0-9a-z]{10})(?=-)',
    String.raw`(?<id>\b(?!0{8}-)[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b`,
    String.raw`\b${NO_NUMBER}[0-9a-fA-F]{16,128}\b`,
    String.raw`(?<![\w-])${NO_NUMBER}(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{18,128}(?![\w-])`,
    String.raw`(?<![a-z0-9])${NO_NUMBER}(?=[a-z]*\d)[a-z0-9]{20,128}(?![a-z0-9]))`,
    String.raw`(?<time>\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?`,
    String.raw`\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\b`,
    String.raw`^\d{10}(?:\d{3})?$)`,
  ].join('|'),
  'g',
);

/** Headers that say how far a limit or a clock has come. */
const COUNTERS = /^(?:x-)?(?:ratelimit-(?:remaining|reset)|rate-limit-(?:remaining|reset)|runtime|response-time|age)$/i;

/** Clocks are set wrongly, and zones left out; what is further away from the run is no moment of it. */
const NEAR_MS = 2 * 24 * 60 * 60_000;

/** Makes the stand-ins of one run; `port` is that of the embedded API, which listens wherever there is room. */
export function makeStandIns(startedAt: string, port?: string): StandIns {
  const values: Record<string, string> = port === undefined ? {} : { '{{port}}': port };
  const known = new Map<string, string>();
  const counts = { run: 0, id: 0 };
  const start = Date.parse(startedAt);
  const number = (kind: 'run' | 'id', value: string): string => {
    const name = known.get(value) ?? `{{${kind}:${++counts[kind]}}}`;
    known.set(value, name);
    values[name] = value;
    return name;
  };
  const replaceOwn = (text: string, nameOf: (kind: 'run' | 'id' | 'time', value: string) => string): string =>
    text.replace(OWN, (match: string, ...rest: unknown[]) => {
      const { run, id, time } = rest.at(-1) as { run?: string; id?: string; time?: string };
      if (run !== undefined) return `ecc-${nameOf('run', run)}`;
      if (id !== undefined) return nameOf('id', id);
      return time !== undefined && Math.abs(momentOf(time) - start) < NEAR_MS ? nameOf('time', time) : match;
    });
  const replace = (text: string): string =>
    replaceOwn(port === undefined ? text : text.replaceAll(`127.0.0.1:${port}`, '127.0.0.1:{{port}}'), (kind, value) =>
      kind === 'time' ? '{{time}}' : number(kind, value),
    );
  const blot = (base64: string): string => {
    const text = Buffer.from(base64, 'base64').toString('latin1');
    return Buffer.from(
      replaceOwn(text, (_, value) => 'x'.repeat(value.length)),
      'latin1',
    ).toString('base64');
  };
  return { replace, blot, values };
}

/** A moment in milliseconds since 1970; digits alone are seconds or milliseconds. */
function momentOf(text: string): number {
  if (!/^\d+$/.test(text)) return Date.parse(text);
  return text.length > 10 ? Number(text) : Number(text) * 1000;
}

/** An exchange with stand-ins in all its texts. */
export function replaceInExchange(exchange: Exchange, { replace, blot }: StandIns): Exchange {
  const { request, response, failure } = exchange;
  const headers = (list: Exchange['request']['headers']) =>
    list.map(([name, value]): [string, string] => [
      name,
      COUNTERS.test(name) && /^[\d.]+$/.test(value) ? '{{count}}' : replace(value),
    ]);
  const replaced: Exchange = {
    ...exchange,
    request: { ...request, target: replace(request.target), headers: headers(request.headers) },
    url: replace(exchange.url),
  };
  const { body } = request;
  if (body) replaced.request.body = 'text' in body ? { text: replace(body.text) } : { base64: blot(body.base64) };
  if (response) {
    replaced.response = {
      ...response,
      headers: headers(response.headers),
      body: replace(response.body),
      bytesAfter: replace(response.bytesAfter),
    };
    if (response.bodyBase64 !== undefined) replaced.response.bodyBase64 = blot(response.bodyBase64);
  }
  if (failure) {
    replaced.failure = { ...failure, message: replace(failure.message) };
    if (failure.received !== undefined) replaced.failure.received = replace(failure.received);
  }
  return replaced;
}

/** A text of a report with what its stand-ins stand for, such as a command to run; `values` are those of the report's run. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(?:(?:id|run):\d+|port)\}\}/g, (name) => values[name] ?? name);
}
