import { headerOf, perfect, withHeader } from '../proxy.ts';
import { QUIET } from '../support.ts';
import { bodyOn, type Defect, ITEM, LIST, on, statusOn } from './defect.ts';

/** Defects of the status. */
export const STATUSES: Defect[] = [
  { title: '200 instead of 500', expect: ['meaning-500'], rules: statusOn(500, 200) },
  {
    title: '400 instead of 404 on one operation',
    expect: ['meaning-404'],
    cells: ['getHttpEndpoint 404'],
    rules: statusOn(404, 400, ({ method, target }) => method === 'GET' && ITEM.test(target)),
  },
  { title: '400 instead of 422', expect: ['meaning-422'], allow: ['read', 'reject'], rules: statusOn(422, 400) },
  {
    title: 'an undocumented status instead of 501',
    expect: ['error-status-documented', 'meaning-501'],
    rules: on(501, () => ({ status: 503 })),
  },
  {
    title: '405 without Allow on a method that is not there',
    expect: ['allow-on-405', 'error-status-documented', 'meaning-404'],
    cells: ['unmatched-route 404'],
    allow: ['read', 'reject'],
    rules: on(404, (back, { method, target }) => (method === 'PUT' && target === LIST ? { status: 405 } : back)),
  },
  {
    title: 'a field of a wrong type is answered 500',
    expect: ['meaning-422'],
    cells: ['createHttpEndpoint 422', 'updateHttpEndpoint 422'],
    allow: QUIET,
    rules: on(422, (back, { body }) => (/"url": ?\{/.test(String(body)) ? perfect(500) : back)),
  },
  {
    title: 'a deleted object is still found',
    expect: ['meaning-404'],
    cells: ['deleteHttpEndpoint 404', 'getHttpEndpoint 404', 'updateHttpEndpoint 404'],
    allow: QUIET,
    rules: ({ url }) => ({
      request: async (passing) => {
        const authorization = headerOf(passing, 'authorization');
        if (passing.method !== 'DELETE' || authorization === undefined) return passing;
        const { status } = await fetch(url + passing.target, { headers: { authorization } });
        return status === 200 ? { answer: { ...perfect(200), body: '{"deleted": true}' } } : passing;
      },
    }),
  },
  {
    title: 'another answer every time',
    expect: ['stable-answer'],
    cells: ['getHttpEndpoint 404', 'unmatched-route 404'],
    rules: () => {
      const words = Array.from({ length: 500 }, (_, index) => 'found here this time'.slice(0, 2 + (index % 18)));
      return {
        answer: (back) => (back.status === 404 ? { ...back, body: `{"summary": "Not ${words.pop()}"}` } : back),
      };
    },
  },
];

/** Defects of what is told to whom. */
export const DISCLOSURES: Defect[] = [
  {
    title: 'the token comes back in the body of 401',
    expect: ['credential-not-echoed'],
    rules: on(401, (_, passing) => ({
      body: JSON.stringify({ summary: `This is no token: ${headerOf(passing, 'authorization') ?? 'none'}` }),
    })),
  },
  {
    title: 'a stack trace',
    expect: ['no-stack-trace'],
    rules: bodyOn(500, { summary: 'Error: boom\n    at readSnapshot (snapshots.js:17:21)' }),
  },
  {
    title: 'SQL',
    expect: ['no-sql'],
    rules: bodyOn(500, { summary: 'SELECT id, name FROM "endpoints" WHERE account = 7 failed' }),
  },
  {
    title: 'a path of the server',
    expect: ['no-file-path'],
    rules: bodyOn(500, { summary: 'cannot read /var/lib/reference/account.json' }),
  },
  {
    title: 'an internal host',
    expect: ['no-internal-host'],
    rules: bodyOn(504, { summary: 'node-3.storage.internal did not answer' }),
  },
  {
    title: "somebody's password",
    expect: ['no-credential'],
    rules: bodyOn(504, { summary: 'postgres://reader:seeded@db.example.com/orders did not answer' }),
  },
  {
    title: 'one operation asks for no token',
    expect: ['existence-hidden', 'meaning-401'],
    cells: ['getHttpEndpoint 401'],
    allow: QUIET,
    rules: ({ token }) => ({
      request: (passing) =>
        passing.method === 'GET' && ITEM.test(passing.target)
          ? withHeader(passing, 'Authorization', `Bearer ${token}`)
          : passing,
    }),
  },
  {
    title: 'without a token an unknown id is 404 and a known one 401',
    expect: ['existence-hidden', 'meaning-401'],
    cells: ['getHttpEndpoint 401'],
    rules: on(401, (back, { target }) => (/dead$/.test(target) ? perfect(404) : back)),
  },
  {
    title: 'an object for administrators only is shown to everyone',
    expect: ['meaning-403'],
    cells: ['getHttpEndpoint 403'],
    allow: QUIET,
    rules: ({ adminToken }) => ({
      request: (passing) =>
        passing.target.endsWith('/internal') && headerOf(passing, 'authorization') !== undefined
          ? withHeader(passing, 'Authorization', `Bearer ${adminToken}`)
          : passing,
    }),
  },
];
