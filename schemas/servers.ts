import type { Operation } from './contract.ts';
import { entriesOf, type Part, partAt, refuse, takeList, takeObject, takeText } from './part.ts';

/** The base URLs of a part that are on a host of their own; one without (`/api`) names nobody. */
function readServers(part: Part): string[] {
  return takeServers(part).filter((url) => URL.canParse(url));
}

/** All base URLs that a document names, for whatever part of it. */
export function readAllServers(document: Part): string[] {
  const paths = entriesOf(partAt(document, 'paths')).flatMap(([, item]) => [
    partAt(item, 'servers'),
    ...Object.keys(takeObject(item)).map((key) => partAt(item, key, 'servers')),
  ]);
  return [...new Set([partAt(document, 'servers'), ...paths].flatMap(readServers))];
}

/**
 * Where an operation is served, when its own servers or those of its path say that it is elsewhere than the document's first
 * (OpenAPI 3.1 §4.8.9.1): below another path of the same host, or on a host of its own.
 */
export function readServer(document: Part, path: Part, operation: Part): Pick<Operation, 'server'> {
  const [own] = [partAt(operation, 'servers'), partAt(path, 'servers')].map(takeUrl).filter((url) => url !== undefined);
  if (own === undefined) return {};
  const usual = parse(takeUrl(partAt(document, 'servers')) ?? '/');
  const { origin, pathname } = parse(own, usual);
  if (origin !== usual.origin) return { server: { elsewhere: own } };
  const [from, to] = [usual.pathname, pathname].map((each) => each.replace(/\/+$/, '')) as [string, string];
  return from === to ? {} : { server: { from, to } };
}

function takeUrl(part: Part): string | undefined {
  return takeServers(part)[0];
}

function takeServers(part: Part): string[] {
  if (part.value === undefined) return [];
  return takeList(part).map((server) => {
    const url = partAt(server, 'url');
    const text = takeText(url);
    // What cannot be read would not be protected.
    if (!URL.canParse(text) && !/^\.{0,2}\//.test(text))
      throw refuse(url, 'a URL such as https://api.example.com/v1, or a path');
    return filled(text, partAt(server, 'variables'));
  });
}

/** A variable of the host stays as it is (`{region}`): it stands for many. Others have their default. */
function filled(url: string, variables: Part): string {
  const [, host = '', path = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/]*)?(.*)$/i.exec(url) ?? [];
  const known = variables.value === undefined ? {} : takeObject(variables);
  const rest = path.replace(/\{([^}]+)\}/g, (whole, name: string) =>
    String((known[name] as { default?: unknown } | undefined)?.default ?? whole),
  );
  return host + rest;
}

function parse(url: string, base: URL = new URL('http://here.invalid/')): URL {
  return new URL(url, base);
}
