import type { ClauseRecord, Report } from '../../report/report.ts';

/** What a hostile server, contract or configuration may put anywhere; none of it may ever run or reach a terminal as is. */
export const HOSTILE = {
  script: '<script>alert(1)</script>',
  image: '"><img src=x onerror=alert(2)>',
  quote: "' autofocus onfocus=alert(3) x='",
  ansi: '\u001b[31mred\u001b]0;title\u0007\u009b2J',
  bidi: '\u202egnp.exe\u2066',
  surrogate: 'half \ud83d pair',
  link: 'javascript:alert(4)',
} as const;

/** The published names. */
export const STATUS_NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  504: 'Gateway Timeout',
};

type Operation = Report['operations'][number];

const resource = (tag: string, noun: string, path: string, param: string): Operation[] => [
  { id: `list${noun}s`, method: 'GET', path, tag, summary: `List all ${tag}` },
  { id: `create${noun}`, method: 'POST', path, tag, summary: `Create a ${noun.toLowerCase()}` },
  { id: `get${noun}`, method: 'GET', path: `${path}/{${param}}`, tag, summary: `Get a ${noun.toLowerCase()}` },
  { id: `update${noun}`, method: 'PUT', path: `${path}/{${param}}`, tag, summary: `Update a ${noun.toLowerCase()}` },
  { id: `delete${noun}`, method: 'DELETE', path: `${path}/{${param}}`, tag, summary: `Delete a ${noun.toLowerCase()}` },
];

/** Twenty-one operations of an invented API; one has a hostile summary and an id that is no safe anchor. */
export const OPERATIONS: Operation[] = [
  ...resource('streams', 'Stream', '/streams', 'stream_id_or_name'),
  ...resource('replays', 'Replay', '/streams/{stream_id_or_name}/replays', 'replay_id'),
  ...resource('http_endpoints', 'HttpEndpoint', '/destinations/http_endpoints', 'endpoint_id_or_name'),
  ...resource('databases', 'Database', '/databases', 'database_id_or_name'),
  {
    id: 'database/test "connection"',
    method: 'POST',
    path: '/databases/{database_id_or_name}/test_connection',
    tag: 'databases',
    summary: `Test ${HOSTILE.image}`,
  },
];

const DOCS = {
  title: 'Streams documentation: Errors',
  url: 'https://docs.streams.example/errors',
  section: 'Error JSON',
};

const clause = (
  id: string,
  [set, level]: [ClauseRecord['set'], ClauseRecord['level']],
  title: string,
  quote: string,
  rest: Partial<ClauseRecord>,
): ClauseRecord => ({ id, set, level, title, quote, source: DOCS, checks: [id], judged: 0, broken: 0, ...rest });

/** The clauses, with a hostile source, an excluded one and one that was never judged. */
export const CLAUSES: ClauseRecord[] = [
  clause(
    'body-schema',
    ['contract', 'MUST'],
    "The body has the status's canonical fields",
    "Each HTTP status code has it's own canonical fields.",
    { checks: ['body-matches-schema', 'body-stable'], judged: 1604, broken: 212 },
  ),
  clause('error-body-json', ['contract', 'MUST'], 'An error has a JSON body', 'Errors have a consistent `JSON` body.', {
    judged: 1604,
    broken: 18,
  }),
  clause(
    'status-documented',
    ['contract', 'MUST'],
    'An error has one of the published statuses',
    'The API can return the following errors.',
    { checks: ['status-expected'], judged: 1640, broken: 31 },
  ),
  clause(
    'content-type',
    ['http', 'MUST'],
    'The media type names the content',
    'A sender that generates a message containing content SHOULD generate a Content-Type header field.',
    {
      source: { title: 'RFC 9110', url: 'https://www.rfc-editor.org/rfc/rfc9110', section: '§8.3' },
      judged: 1640,
      broken: 12,
    },
  ),
  clause('no-extra-fields', ['contract', 'SHOULD'], 'No field is there that nobody documented', HOSTILE.script, {
    source: { title: `Evil ${HOSTILE.image}`, url: HOSTILE.link },
    judged: 1604,
    broken: 40,
  }),
  clause('no-leak', ['hygiene', 'MUST'], 'An error gives nothing away', 'Error messages do not reveal internals.', {
    judged: 1640,
    broken: 6,
  }),
  clause('retry-after', ['http', 'MAY'], 'A 429 says when to come back', 'MAY include a Retry-After header.', {
    source: { title: 'RFC 6585', url: 'https://www.rfc-editor.org/rfc/rfc6585' },
  }),
  clause('kittens', ['contract', 'MAY'], 'Kittens', "You're requesting too many kittens!", {
    checks: [],
    excluded: `it is a joke ${HOSTILE.bidi}`,
  }),
];
