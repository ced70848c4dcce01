import type { Asked } from '../alteration.ts';
import { bodyOf, errorsAt, type Where, withBody, withHeader } from '../altering.ts';
import { toBytes } from '../message-bytes.ts';
import type { Seeded } from './mutant.ts';

/** Puts a text into the summary of the errors of a place. */
function telling(where: Where & { status: number }, id: string, breaks: string, check: string, text: string): Seeded {
  return {
    id: `leak-${id}`,
    breaks: `${breaks} (${where.status})`,
    trips: [check],
    ...errorsAt(where, (answer) => withBody(answer, { ...bodyOf(answer), summary: text })),
  };
}

/** Put together here, so that nobody who looks for secrets in sources finds one. */
const LOOKALIKES = {
  cloudKey: `AKIA${'ABCDEFGHIJKLMNOP'}`,
  webToken: ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJzb21lYm9keSJ9', 'c2lnbmF0dXJlLW9mLW5vYm9keQ'].join('.'),
  privateKey: ['-----BEGIN', 'PRIVATE KEY-----\nTm90IGEga2V5\n-----END', 'PRIVATE KEY-----'].join(' '),
};

const tokenOf = ({ headers }: Asked) => (headers.authorization ?? '').replace(/^\S+ */, '');

/** Only where there was a token to give back. */
const hasToken = (asked: Asked) => tokenOf(asked).length > 8;

/** Defects of secrecy. */
export const LEAK: Seeded[] = [
  telling(
    { status: 500 },
    'trace-javascript',
    'a JavaScript stack trace',
    'no-stack-trace',
    'Error: boom\n    at readSnapshot (snapshots.js:17:21)',
  ),
  telling(
    { status: 500 },
    'trace-python',
    'a Python traceback',
    'no-stack-trace',
    'Traceback (most recent call last):\n  boom',
  ),
  telling(
    { status: 500 },
    'trace-jvm',
    'a frame of the JVM',
    'no-stack-trace',
    'NullPointerException\n\tat com.example.Store.open(Store.java:42)',
  ),
  telling(
    { status: 500 },
    'trace-elixir',
    'an Elixir exception',
    'no-stack-trace',
    '** (Ecto.NoResultsError) expected at least one result',
  ),
  telling({ status: 504 }, 'trace-go', 'a Go panic', 'no-stack-trace', 'panic: nil map\n\ngoroutine 7 [running]:'),
  telling(
    { status: 400 },
    'exception-structure',
    'an exception as the structure it is',
    'no-stack-trace',
    '%Jason.DecodeError{position: 0, token: nil}',
  ),
  telling(
    { status: 500 },
    'sql-statement',
    'an SQL statement',
    'no-sql',
    'SELECT id, name FROM "endpoints" WHERE account = 7',
  ),
  telling(
    { status: 422 },
    'sql-constraint',
    'the message of a constraint',
    'no-sql',
    'duplicate key value violates unique constraint "endpoints_name_index"',
  ),
  telling(
    { status: 404 },
    'sql-insert',
    'an SQL statement that failed',
    'no-sql',
    'INSERT INTO endpoints VALUES (?) failed',
  ),
  telling(
    { status: 500 },
    'path-unix',
    'a path of the server',
    'no-file-path',
    'cannot read /var/lib/reference/account.json',
  ),
  telling(
    { status: 500 },
    'path-windows',
    'a path of a Windows server',
    'no-file-path',
    'cannot read C:\\services\\reference\\account.json',
  ),
  telling(
    { status: 501 },
    'path-source',
    'a file of the source',
    'no-file-path',
    'no clause in lib/sequin/accounts.ex:12',
  ),
  telling(
    { status: 504 },
    'host-name',
    'an internal host',
    'no-internal-host',
    'node-3.storage.internal did not answer',
  ),
  telling(
    { status: 504 },
    'host-address',
    'an internal address',
    'no-internal-host',
    '10.2.0.17 did not answer in time',
  ),
  telling(
    { status: 403 },
    'host-cluster',
    'a name inside a cluster',
    'no-internal-host',
    'refused by policy.auth.svc.cluster.local',
  ),
  telling(
    { status: 504 },
    'password-in-url',
    "somebody's password in a URL",
    'no-credential',
    'postgres://reader:seeded-7@db.example.com/orders did not answer',
  ),
  telling(
    { status: 500 },
    'environment',
    'an environment variable',
    'no-credential',
    'cannot start with SECRET_KEY_BASE=4af81c2e9d77b0de51',
  ),
  telling(
    { status: 404 },
    'cloud-key',
    "somebody's cloud key",
    'no-credential',
    `looked in the bucket of ${LOOKALIKES.cloudKey}`,
  ),
  telling(
    { status: 401 },
    'web-token',
    "somebody's web token",
    'no-credential',
    `${LOOKALIKES.webToken} is no longer valid`,
  ),
  telling(
    { status: 500 },
    'private-key',
    'a private key',
    'no-credential',
    `cannot sign with ${LOOKALIKES.privateKey}`,
  ),
  telling(
    { status: 404, operation: 'getHttpEndpoint' },
    'one-operation',
    'an internal host on one operation',
    'no-internal-host',
    'replica-2.db.internal has no such row',
  ),
  {
    id: 'leak-reason',
    breaks: 'SQL in a reason of a field (422)',
    trips: ['no-sql'],
    ...errorsAt({ status: 422 }, (answer) => {
      const { summary, validation_errors = {} } = bodyOf(answer);
      const told = Object.keys(validation_errors).map((field) => [
        field,
        ['ERROR: relation "endpoints" does not exist'],
      ]);
      return withBody(answer, { summary, validation_errors: Object.fromEntries(told) });
    }),
  },
  {
    id: 'leak-undocumented-field',
    breaks: 'a stack trace in a field of its own (500)',
    trips: ['no-stack-trace', 'undocumented-field'],
    ...errorsAt({ status: 500 }, (answer) =>
      withBody(answer, { ...bodyOf(answer), trace: ['at open (store.js:9:3)', "store.rb:9:in `open'"] }),
    ),
  },
  {
    id: 'leak-debug-page',
    breaks: 'a debug page with a trace (500)',
    trips: ['no-stack-trace', 'no-html', 'error-body-json'],
    ...errorsAt({ status: 500 }, (answer) =>
      withHeader(
        withBody(answer, '<!doctype html><pre>\n    at open (store.js:9:3)\n</pre>'),
        'content-type',
        'text/html',
      ),
    ),
  },
  {
    id: 'leak-token-in-body',
    breaks: 'the token that was sent, in the body (401)',
    trips: ['credential-not-echoed'],
    ...errorsAt(
      { status: 401 },
      (answer, asked) => withBody(answer, { summary: `${tokenOf(asked)} is no token.` }),
      hasToken,
    ),
  },
  {
    id: 'leak-token-in-header',
    breaks: 'the token that was sent, in a header (404)',
    trips: ['credential-not-echoed'],
    ...errorsAt({ status: 404 }, (answer, asked) => withHeader(answer, 'x-caller', tokenOf(asked)), hasToken),
  },
  {
    id: 'leak-token-encoded',
    breaks: 'the token that was sent, in base64 (500)',
    trips: ['credential-not-echoed'],
    ...errorsAt(
      { status: 500 },
      (answer, asked) =>
        withBody(answer, { summary: `Session ${Buffer.from(tokenOf(asked)).toString('base64')} ended.` }),
      hasToken,
    ),
  },
  {
    id: 'leak-token-behind',
    breaks: 'the token that was sent, behind the answer (504)',
    trips: ['credential-not-echoed', 'bytes-after-response'],
    ...errorsAt(
      { status: 504 },
      (answer, asked) => ({
        raw: Buffer.concat([
          toBytes(withHeader(answer, 'connection', 'close'), asked.method),
          Buffer.from(`caller ${tokenOf(asked)}\n`),
        ]),
      }),
      hasToken,
    ),
  },
];
