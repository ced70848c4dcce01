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

/** What browsers and clients are told beside an answer, by middleware and by what stands in front. */
const CORS: Answer['headers'] = [
  ['access-control-allow-origin', '*'],
  ['access-control-allow-headers', 'Authorization, Content-Type, *'],
  ['access-control-expose-headers', 'Retry-After, X-Request-Id'],
  ['access-control-max-age', '600'],
  ['cross-origin-resource-policy', 'cross-origin'],
  ['timing-allow-origin', '*'],
];
const EDGE: Answer['headers'] = [
  ['alt-svc', 'h3=":443"; ma=86400, h3-29=":443"; ma=86400'],
  ['nel', '{"success_fraction":0,"report_to":"edge","max_age":604800}'],
  ['report-to', '{"endpoints":[{"url":"https://edge.example.com/report?s=a%2Bb"}],"group":"edge","max_age":604800}'],
  ['via', '1.1 varnish, 1.1 9a1b2c.edge.example.com (Edge)'],
  ['x-cache', 'Error from edge'],
  ['server', 'edge'],
];
const QUOTA: Answer['headers'] = [
  ['ratelimit-policy', '"burst";q=100;w=60, "day";q=5000;w=86400;pk=:cGsxMjM0:'],
  ['ratelimit', '"burst";r=50;t=30'],
  ['x-ratelimit-limit', '100'],
  ['x-ratelimit-remaining', '0'],
  ['x-ratelimit-reset', '1790000000'],
];
const FAREWELL: Answer['headers'] = [
  ['deprecation', '@1790000000'],
  ['sunset', 'Sun, 30 Jun 2030 23:59:59 GMT'],
  ['link', '</v2>; rel="successor-version", <https://docs.example.com/moved>; rel="deprecation"; type="text/html"'],
  ['warning', '299 - "This version is deprecated, and will be removed"'],
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
  extra('headers-edge', 'what middleware and the edge of a network add', [...CORS, ...EDGE, ...FAREWELL]),
  extra('headers-quota', 'how much may still be asked for, which may be nothing', QUOTA),
  extra('headers-keep-alive', 'the connection stays open although it was asked to close, and says how long', [
    ['connection', 'keep-alive'],
    ['keep-alive', 'timeout=5, max=100'],
  ]),
  extra('headers-upgrade', 'an upgrade that nobody asked for, as Apache offers it', [
    ['upgrade', 'h2,h2c'],
    ['connection', 'Upgrade, close'],
  ]),
  extra('cookies-edge', 'cookies of more kinds of what stands in front', [
    ['set-cookie', 'AWSALBAPP-0=_remove_; Expires=Thu, 03 Dec 2026 00:00:00 GMT; Path=/'],
    ['set-cookie', 'GCLB=CPmx2ab7; path=/; HttpOnly; expires=Thu, 03-Dec-2026 00:00:00 GMT'],
    ['set-cookie', 'SERVERID=web2|aB3; path=/'],
    ['set-cookie', 'visid_incap_123=a/b+c==; expires=Thu, 03 Dec 2026 00:00:00 GMT; HttpOnly; path=/'],
    ['set-cookie', 'TS01a2b3c4=0123abcd; Path=/'],
    ['set-cookie', 'ak_bmsc=A~B; Path=/; Max-Age=7200; HttpOnly'],
  ]),
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
