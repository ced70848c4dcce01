import { errorsAt, withHeader } from '../altering.ts';
import type { Answer } from '../message-bytes.ts';
import type { Variant } from './variant.ts';
import { written } from './written.ts';

/** A variant that labels its JSON otherwise. */
function labelled(id: string, differs: string, type: string): Variant {
  return { id: `type-${id}`, differs, answer: (answer) => withHeader(answer, 'content-type', type) };
}

/** A variant that challenges otherwise. */
function challenged(id: string, differs: string, ...lines: string[]): Variant {
  const { answer } = errorsAt({ status: 401 }, (given) => withHeader(given, 'www-authenticate', ...lines));
  return { id: `challenge-${id}`, differs, answer };
}

/** A variant with more headers. */
function extra(id: string, differs: string, headers: Answer['headers']): Variant {
  return { id, differs, answer: (answer) => ({ ...answer, headers: [...answer.headers, ...headers] }) };
}

const many = Array.from({ length: 400 }, (_, index): [string, string] => [`x-extra-${index}`, 'value '.repeat(10)]);

/** Header lines that a list may be spread over. */
const LISTS: Answer['headers'] = [
  ['vary', 'Origin'],
  ['vary', 'Accept'],
  ['cache-control', 'private'],
  ['link', '</help>; rel="help"'],
  ['link', '</terms>; rel="license"'],
  ['server-timing', 'db;dur=1, app;dur=2'],
  ['content-language', 'en, de'],
  ['x-empty', ''],
  ['etag', 'W/"1"'],
];

/** Unusual header sections. */
export const HEADS: Variant[] = [
  labelled('plain', 'no charset', 'application/json'),
  labelled('capitals', 'the media type in capitals', 'APPLICATION/JSON;CHARSET="UTF-8"'),
  labelled('profile', 'parameters with separators in quotes', 'application/json; profile="https://example.com/a;b, c"'),
  labelled('spaces', 'odd spaces and an empty parameter', 'application/json \t;; \tcharset=utf-8 ;'),
  challenged('list', 'several challenges in one line', 'Basic realm="a, b", charset="UTF-8", Bearer realm="reference"'),
  challenged('lines', 'several challenges in several lines', 'Negotiate', 'Bearer realm="reference"', 'Custom abc=='),
  challenged('bare', 'a challenge without parameters', 'Bearer'),
  challenged(
    'detailed',
    'a challenge with everything in it',
    'BEARER realm="the \\"reference\\"" , scope="read write",error="invalid_token", error_description="A, b = c; d"',
  ),
  extra('headers-many', 'four hundred more headers', many),
  extra('headers-long', 'a header of 16 KB', [['content-security-policy', "default-src 'none'; ".repeat(800)]]),
  extra('headers-lists', 'lists spread over several lines', LISTS),
  extra('cookies-balancer', 'cookies of what stands in front', [
    ['set-cookie', 'AWSALB=ab/c; Expires=Thu, 03 Dec 2026 00:00:00 GMT; Path=/'],
    ['set-cookie', 'ARRAffinity=0a1b; Path=/; HttpOnly'],
    ['set-cookie', 'BIGipServerpool_api=1677787402.36895.0000; path=/'],
    ['set-cookie', '__cf_bm=a.b-1-c; path=/; HttpOnly; Secure'],
  ]),
  extra('cookies-removed', 'a cookie is taken away', [['set-cookie', 'sid=; Max-Age=0; Path=/']]),
  {
    id: 'headers-capitals',
    differs: 'header names in capitals',
    answer: written({ line: (name, value) => `${name.toUpperCase()}: ${value}` }),
  },
  {
    id: 'headers-mixed',
    differs: 'header names in mixed case',
    answer: written({
      line: (name, value) =>
        `${[...name].map((char, at) => (at % 2 === 0 ? char : char.toUpperCase())).join('')}: ${value}`,
    }),
  },
  {
    id: 'headers-padded',
    differs: 'white space around the values',
    answer: written({ line: (name, value) => `${name}: \t ${value}   ` }),
  },
  {
    id: 'headers-tight',
    differs: 'no space before the values',
    answer: written({ line: (name, value) => `${name}:${value}` }),
  },
  { id: 'reason-none', differs: 'no reason phrase', answer: written({ reason: '' }) },
  {
    id: 'reason-odd',
    differs: 'an unusual reason phrase',
    answer: written({ reason: 'So! 200 OK?\t\xe9\xff HTTP/1.1' }),
  },
];
