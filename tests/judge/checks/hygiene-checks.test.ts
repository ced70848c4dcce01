import { describe, expect, test } from 'vitest';
import { sampleExchange } from '../sample-exchange.ts';
import { findIn } from '../sample-law.ts';

/** Ids of the checks that a summary trips, and that they say where. */
function tripsOf(summary: string): string[] {
  const found = findIn(sampleExchange(500, { body: { summary } }));
  expect(found.map(({ pointer }) => pointer)).toEqual(found.map(() => '/summary'));
  return found.map(({ check }) => check);
}

const TRACES: [string, string, string[]][] = [
  ['JavaScript', 'TypeError: x is not a function\n    at list (/app/routes/sinks.js:10:15)\n', ['no-file-path']],
  ['JavaScript, a module', 'Error\n    at async run (file:///srv/api/main.mjs:3:7)', []],
  ['JavaScript, built-in', 'Error\n    at node:internal/process/task_queues:95:5', []],
  ['JavaScript, anonymous', 'Error: x\n    at <anonymous>:1:9', []],
  ['JavaScript, on one line', 'Error: x at Object.get (/app/index.js:1:9) at run (node:vm:1:2)', ['no-file-path']],
  ['JavaScript on Windows', 'Error: x\r\n    at run (C:\\api\\dist\\main.js:1:9)\r\n', ['no-file-path']],
  ['Python', 'Traceback (most recent call last):\n  File "main.py", line 3', []],
  ['Java', 'java.lang.NullPointerException\n\tat com.example.api.Sinks.get(Sinks.java:42)', []],
  ['Java, a module', '\tat java.base/java.lang.Thread.run(Thread.java:829)', []],
  ['Kotlin', 'at com.example.SinksKt$main$1.invoke(Sinks.kt:7)', []],
  ['.NET', 'at Api.Sinks.Get(String id, Func`2 map) in D:\\a\\Sinks.cs:line 42', ['no-file-path']],
  ['Go', 'panic: runtime error\n\ngoroutine 1 [running]:\nmain.main()', []],
  ['Ruby', "sinks.rb:12:in `show': undefined method", []],
  ['Ruby 3.4', "sinks.rb:12:in 'show': undefined method", []],
  ['PHP', '#0 index.php(12): handle()', []],
  ['Elixir', '(phoenix 1.7.2) lib/phoenix/router.ex:430: Phoenix.Router.__call__/5', ['no-file-path']],
  ['Elixir, an exception', '** (Ecto.NoResultsError) expected at least one result', []],
  ['Elixir, an exception as data', '%Jason.DecodeError{position: 1, token: nil, data: "{"}', []],
  ['Rust', "thread 'main' panicked at 'index out of bounds'", []],
];

describe('no-stack-trace', () => {
  test.each(TRACES)('%s', (_, text, others) => {
    expect(tripsOf(text)).toEqual(['no-stack-trace', ...others]);
  });
});

describe('no-sql', () => {
  test.each([
    'SELECT s0."id", s0."name" FROM "sinks" AS s0 WHERE (s0."id" = $1)',
    'SELECT *\nFROM sinks',
    'select * from users where id = 1',
    'select "users".* from "users" where "id" = $1 - connection lost',
    'select `id`, `name` from `sinks` where `id` = 1',
    'select s0.id, s0.name from "sinks" as s0',
    'INSERT INTO "sinks" ("name") VALUES ($1)',
    'UPDATE sinks SET name = $1',
    'DELETE FROM public.sinks WHERE id = 1',
    'SQLSTATE[42P01]: Undefined table',
    'ORA-00942: table or view does not exist',
    'duplicate key value violates unique constraint "sinks_name_index"',
    'ERROR: syntax error at or near "FORM"',
    'ERROR: relation "sinks" does not exist',
    'PG::UniqueViolationError',
    'psycopg2.errors.UniqueViolation',
  ])('%s', (text) => {
    expect(tripsOf(text)).toEqual(['no-sql']);
  });
});

describe('no-file-path', () => {
  test.each([
    'ENOENT: no such file or directory, open /var/lib/api/snapshots/1.bin',
    'could not read "/etc/api/config.yaml"',
    'no such file: /app/config/runtime.exs',
    '/home/deploy/api/current/app.rb is missing',
    '/Users/jo/src/api/main.py is missing',
    '/root/.pgpass has wrong permissions',
    'cannot open C:\\inetpub\\wwwroot\\web.config',
    'Cannot find module node_modules/left-pad',
    'in site-packages/django/core',
    'deps/ecto/lib/ecto/repo.ex',
    'my_app/lib/sinks.ex:12 failed',
    'raised in src/sinks/create.ts:40',
  ])('%s', (text) => {
    expect(tripsOf(text)).toEqual(['no-file-path']);
  });
});

describe('no-internal-host', () => {
  test.each([
    'connect ECONNREFUSED 127.0.0.1:5432',
    'connect ECONNREFUSED 10.0.12.7:5432',
    'upstream 192.168.1.20 timed out',
    '(172.16.0.9) refused',
    'no route to 172.31.255.1.',
    '169.254.169.254 did not answer',
    'getaddrinfo ENOTFOUND db.internal',
    'getaddrinfo ENOTFOUND ip-10-1-2-3.ec2.internal',
    'host db-1.prod.corp is down',
    'redis.cache.svc.cluster.local is down',
    'redis.cache.svc is down',
    'nas.lan refused the connection',
    'connection to localhost:5432 refused',
    'from ip-10-1-2-3',
  ])('%s', (text) => {
    expect(tripsOf(text)).toEqual(['no-internal-host']);
  });
});

describe('no-credential', () => {
  test.each([
    'cannot connect to postgres://api:s3cr3t@db.example.com/api',
    'amqp://guest:guest@mq.example.com',
    'FATAL: password=hunter2 is wrong',
    'host=db user=api password=example-secret',
    'env: DATABASE_PASSWORD=hunter2',
    'SECRET_KEY_BASE=abcdefgh is too short',
    "{'SECRET_KEY': 'x8!aa0sd9f'}".replaceAll("'", ''),
    '%{"password" => "hunter2x"}',
    '{"api_key": "sk_1234567890"}',
    'a token such as eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln came back',
  ])('%s', (text) => {
    expect(tripsOf(text)).toEqual(['no-credential']);
  });
});

describe('where a leak stands', () => {
  const leak = 'open /etc/api/config.yaml';

  test('in a list, in a name, in two places', () => {
    const body = { summary: 'x', validation_errors: { name: ['fine', leak], [leak]: ['x'] } };
    const found = findIn(sampleExchange(422, { body }));
    expect(found.map(({ check, pointer }) => `${check} ${pointer}`).sort()).toEqual([
      'no-file-path /validation_errors/name/1',
      'no-file-path /validation_errors/open ~1etc~1api~1config.yaml',
    ]);
    expect(found[0]?.message).toBe('a path of the server: "/etc/api/config.yaml"');
  });

  test('in a text that is no JSON', () => {
    const found = findIn(sampleExchange(500, { body: { raw: leak }, headers: { 'Content-Type': 'text/plain' } }));
    expect(found.map(({ check, pointer }) => `${check} ${pointer}`)).toEqual(['error-body-json ', 'no-file-path ']);
  });

  test('in a success it is no error', () => {
    expect(findIn(sampleExchange(200, { body: { path: leak } }))).toEqual([]);
  });

  test('behind something that was sent itself', () => {
    const exchange = sampleExchange(500, {
      request: { target: '/sinks/db.internal' },
      body: { summary: 'db.internal could not be reached from worker-3.internal' },
    });
    expect(findIn(exchange)).toEqual([
      {
        check: 'no-internal-host',
        message: 'an internal host or address: "worker-3.internal"',
        pointer: '/summary',
      },
    ]);
  });
});

describe('credential-not-echoed', () => {
  test('wherever it came back, in a success too', () => {
    const echoed: { secret: string; where: 'header' | 'body' | 'after' }[] = [
      { secret: 'token', where: 'body' },
      { secret: 'token:changed', where: 'header' },
      { secret: 'looks-like-jwt', where: 'body' },
    ];
    const found = [
      'the token that was sent comes back in the body',
      'the token:changed that was sent comes back in the header',
    ].map((message) => ({ check: 'credential-not-echoed', message, pointer: '' }));
    expect(findIn(sampleExchange(401, { echoed }))).toEqual(found);
    expect(findIn(sampleExchange(200, { echoed }))).toEqual(found);
  });
});

describe('no-cookie-on-401', () => {
  const challenge = { 'WWW-Authenticate': 'Bearer' };

  test('a cookie with the refusal', () => {
    const headers = { ...challenge, 'set-cookie': 'session=«redacted:set-cookie»' };
    expect(findIn(sampleExchange(401, { headers }))).toEqual([
      { check: 'no-cookie-on-401', message: 'Set-Cookie comes with the refusal', pointer: '' },
    ]);
  });

  test.each([
    'AWSALB=a; Expires=Thu, 03 Dec 2026 00:00:00 GMT; Path=/',
    'AWSALBCORS=a; SameSite=None; Secure',
    'AWSALBAPP-0=_remove_; Expires=Thu, 03 Dec 2026 00:00:00 GMT; Path=/',
    'ARRAffinity=a;Path=/;HttpOnly;Domain=api.example.com',
    'BIGipServerpool_api=1677787402.36895.0000; path=/',
    'TS01a2b3c4=0123; Path=/',
    '__cf_bm=a; path=/; HttpOnly; Secure',
    'visid_incap_2412345=a',
    'INGRESSCOOKIE=1700000000.1; Path=/',
    'session=; Max-Age=0',
    'session=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/',
  ])('not: %s', (value) => {
    expect(findIn(sampleExchange(401, { headers: { ...challenge, 'Set-Cookie': value } }))).toEqual([]);
  });

  test.each([
    'JSESSIONID=a; Path=/',
    'PHPSESSID=a',
    'sid=a; Max-Age=3600',
    'connect.sid=a; Expires=Thu, 03 Dec 2026 00:00:00 GMT',
    'BIGip=a',
    'routes=a',
  ])('%s', (value) => {
    const headers = { ...challenge, 'Set-Cookie': ['AWSALB=a', value] };
    expect(findIn(sampleExchange(401, { headers })).map(({ check }) => check)).toEqual(['no-cookie-on-401']);
  });

  test('no cookie, and a cookie with another error', () => {
    expect(findIn(sampleExchange(401, { headers: { ...challenge, Cookie: 'a=b' } }))).toEqual([]);
    expect(findIn(sampleExchange(404, { headers: { 'Set-Cookie': 'balancer=a' } }))).toEqual([]);
  });
});

describe('no-html', () => {
  const page = (raw: string, type = 'application/json') =>
    findIn(sampleExchange(502, { body: { raw }, headers: { 'Content-Type': type } })).map(({ check }) => check);

  test.each(['<!DOCTYPE html><title>502</title>', '\n <html lang="en">', '<HTML></HTML>'])('%j', (raw) => {
    expect(page(raw)).toEqual(['error-status-documented', 'error-body-json', 'no-html']);
  });

  test.each(['text/html', ' Text/HTML; charset=utf-8', 'application/xhtml+xml'])('labelled %s', (type) => {
    expect(page('Bad Gateway', type)).toEqual(['error-status-documented', 'error-body-json', 'no-html']);
  });

  test.each(['<htmlish>', '<?xml version="1.0"?><error/>', 'the <html> tag is missing'])('not: %j', (raw) => {
    expect(page(raw)).toEqual(['error-status-documented', 'error-body-json']);
  });

  test('JSON that speaks of HTML is JSON', () => {
    expect(findIn(sampleExchange(400, { body: { summary: '<html> is not accepted' } }))).toEqual([]);
  });

  test('who asks for HTML gets what was asked for', () => {
    const change = { body: { raw: '<html>' }, headers: { 'Content-Type': 'text/html' } };
    const request = { headers: [['Accept', 'text/html;q=0.9, */*']] as [string, string][] };
    expect(findIn(sampleExchange(404, { ...change, request })).map(({ check }) => check)).toEqual(['error-body-json']);
  });
});
