import { describe, expect, test } from 'vitest';
import type { Change } from '../sample-exchange.ts';
import { sampleExchange } from '../sample-exchange.ts';
import { findIn } from '../sample-law.ts';

/** What a text trips as a summary, as a reason and as the name of a field. */
function tripsOf(text: string, request: Change['request'] = {}): unknown[] {
  const bodies = [
    { summary: text, validation_errors: {} },
    { summary: 'Invalid', validation_errors: { field: [text] } },
    { summary: 'Invalid', validation_errors: { [text]: ['is invalid'] } },
  ];
  return bodies.flatMap((body) => findIn(sampleExchange(422, { body, request })));
}

const PROSE = [
  // Words that are also statements of SQL.
  'Please update your settings and set a default',
  'UPDATE your browser to SET cookies',
  'select a plan from the list',
  'Select one or more tables from the database',
  'please select a status from "active", "paused" or "disabled"',
  'select exactly one value from `active`, `paused`',
  'You cannot delete from this list; insert into another',
  'The relation "owner" is required',
  'a unique constraint was violated',
  'SELECT permission is required on the table; it comes FROM the owner',
  'Could not create the object: name has already been taken',
  // Times, versions, ids and numbers.
  'at 10:30:15',
  'Try again\nat 10:30:15',
  'Locked since\n  at 2026-01-01T10:30:15Z',
  'at 2026-01-01T10:30:15.123456Z the limit is lifted',
  'Maintenance from 10:00:00 to 11:00:00 at UTC+01:00:00',
  'Version 10.4.2 is not supported; use 10.15.7',
  'Client version 10.2.0.4 is too old',
  'Client v10.2.0.4 is too old',
  'Unknown object identifier 1.3.6.10.1.2.3',
  'Build 10.0.19041.1 is not supported',
  'Object 3f0c1e0a-5a2b-4c3d-8e9f-0a1b2c3d4e5f does not exist',
  'Limit of 10.000 requests reached (10,000.00)',
  'Unexpected character at line 3, column 5',
  'unexpected token at position 10',
  'Invalid JSON at 1:14',
  'ratio must be 16:9 or 4:3',
  // Paths that are no files of the server's.
  'No route matches GET /api/sinks',
  'See https://api.example.com/docs/home/errors for help',
  'See /app/settings/tokens to make a new one',
  '/workspace/name is required',
  '/root/children/0/id must be string',
  '/home/address/street is required',
  '/Users/42 does not exist',
  'and/or, either/or, N/A, km/h, input/output',
  'application/json is expected; text/plain came',
  'The path must begin with / and must not end with /',
  'must be a table such as public.orders',
  'lib/ and src/ are reserved names',
  'must match the pattern ^[a-z]:\\d+$',
  'C:\\ is no valid path',
  // Hosts.
  'Internal server error',
  'error.internal',
  'errors.internal-server-error',
  'com.example.internal.SinkError',
  'code rpc.internal_error',
  'the hostname localhost is not allowed',
  'url must not point to 127.0.0.1 or localhost',
  'must not be a private address (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16 or 127.0.0.0/8)',
  'See https://service.example.com/Orders.svc/help',
  'hosts must be a list such as kafka-1.example.com:9092,kafka-2.example.com:9092',
  'an e-mail such as jo@example.com is expected',
  'a zip-1-2-3-4 code',
  // Credentials.
  "password: can't be blank",
  'password: must be at least 8 characters long',
  'Password: Required',
  'password: too_short',
  'password: [FILTERED]',
  'password=[REDACTED]',
  'password=****** is wrong',
  'password: required, username: required',
  'api_key: Invalid or expired',
  'api_key = <your key>',
  'INVALID_TOKEN: The token is invalid or has expired',
  'MISSING_API_KEY: no API key was sent',
  'TOKEN_EXPIRED: please log in again',
  'error code UNKNOWN_SECRET: there is no such secret',
  'url must look like postgres://user:password@host:5432/database',
  'url must look like postgresql://<user>:<password>@<host>/<database>',
  'url must look like redis://USERNAME:PASSWORD@HOST:PORT',
  'postgres://api:***@db.example.com could not be reached',
  'postgres://api:xxxxx@db.example.com could not be reached',
  'postgres://api:[REDACTED]@db.example.com could not be reached',
  'Authorization must be: Bearer <token>',
  // The rest.
  'Überschreitung der zulässigen Länge — 😀',
  'goroutine, thread and fiber are not supported',
  '#1 in the list is invalid',
  'name: is invalid; e.g. "orders"',
  '100% of the quota is used',
  'You requested too many kittens! Slow down!',
];

describe('ordinary prose trips nothing', () => {
  test.each(PROSE)('%s', (text) => {
    expect(tripsOf(text)).toEqual([]);
  });
});

const SENT: [string, string, Change['request']][] = [
  ['a host in the path', 'no sink named db.internal', { target: '/sinks/db.internal' }],
  ['a path in the path', 'no sink named /etc/passwd', { target: '/sinks/%2Fetc%2Fpasswd' }],
  ['the path itself', 'No route matches GET /app/users.json', { target: '/app/users.json' }],
  ['an address in the query', '10.1.2.3 is not allowed', { target: '/sinks?host=10.1.2.3' }],
  ['a host in the body', 'cannot reach 10.1.2.3', { method: 'POST', body: { text: '{"hostname":"10.1.2.3"}' } }],
  [
    'a URL in the body',
    'url is invalid: postgres://api:s3cr3t@db.example.com/x',
    { method: 'POST', body: { text: '{"url":"postgres://api:s3cr3t@db.example.com/x"}' } },
  ],
  [
    'a URL in a body of bytes',
    'invalid byte in {"url":"postgres://api:s3cr3t@db.example.com/x"}',
    {
      body: {
        base64: Buffer.from('{"url":"postgres://api:s3cr3t@db.example.com/x"}\xff', 'latin1').toString('base64'),
      },
    },
  ],
  [
    'a text that JSON escapes',
    'cannot open C:\\data\\orders.csv',
    { body: { text: JSON.stringify({ file: 'C:\\data\\orders.csv' }) } },
  ],
];

describe('what was sent may come back', () => {
  test.each(SENT)('%s', (_, text, request) => {
    expect(tripsOf(text, request)).toEqual([]);
    expect(tripsOf(text)).not.toEqual([]);
  });

  test('the host that the run was told to ask', () => {
    const exchange = sampleExchange(404, { body: { summary: 'no route at localhost:7376/api/x' } });
    expect(findIn({ ...exchange, url: 'http://localhost:7376/api/x' })).toEqual([]);
    expect(findIn(exchange)).toHaveLength(1);
  });
});
