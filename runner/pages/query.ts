import { decodeLoosely } from '../../model/percent.ts';

/** A query as pairs of a name, decoded, and a value, percent-encoded as it goes out. */
export type Query = readonly (readonly [name: string, value: string])[];

/** The query of a URL as whoever wrote it encoded it: what it means is theirs to say. */
export function readQuery(text: string): Query {
  return text
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decodeLoosely(name), tame(value.join('='))];
    });
}

/** The query with some values set, which it may have already; a number or text is encoded. */
export function withValues(query: Query, values: Record<string, string | number>): Query {
  const kept = query.filter(([name]) => !Object.hasOwn(values, name));
  return [...kept, ...Object.entries(values).map(([name, value]) => [name, encode(String(value))] as const)];
}

export function writeQuery(query: Query): string {
  return query.map(([name, value]) => `${encode(name)}=${value}`).join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}

/** A server may write anything here, also what this suite takes for the placeholder of a secret. */
function tame(value: string): string {
  return value.replace(/[^A-Za-z0-9\-._~%!$'()*+,;:@/?=]/gu, encode);
}
