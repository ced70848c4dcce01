import { expect, test } from 'vitest';
import type { Finding } from '../../judge/finding.ts';
import { compareRanks, gravityOf, isGravest, type Rank } from '../../report/gravity.ts';

type Given = Pick<Finding, 'check' | 'condition' | 'seen' | 'set'>;

test.each<[string, string, Given]>([
  ['let-in', 'GET', { check: 'meaning-401', condition: 'no-credential', seen: '200', set: 'contract' }],
  ['let-in', 'POST', { check: 'meaning-401', condition: 'wrong-credential', seen: '201', set: 'contract' }],
  ['let-in', 'HEAD', { check: 'meaning-401', condition: 'malformed-credential', seen: '204', set: 'contract' }],
  ['effect', 'DELETE', { check: 'meaning-404', condition: 'unknown-object', seen: '200', set: 'contract' }],
  ['effect', 'PATCH', { check: 'meaning-403', condition: 'hidden-object', seen: '200', set: 'contract' }],
  ['effect', 'PUT', { check: 'meaning-422', condition: 'invalid-body', seen: '200', set: 'contract' }],
  ['secret', 'GET', { check: 'no-credential', condition: 'internal-fault', seen: '5xx', set: 'hygiene' }],
  ['secret', 'GET', { check: 'credential-not-echoed', condition: 'no-credential', seen: '401', set: 'hygiene' }],
  ['status', 'GET', { check: 'meaning-401', condition: 'no-credential', seen: '404', set: 'contract' }],
  ['status', 'GET', { check: 'meaning-404', condition: 'unknown-object', seen: '200', set: 'contract' }],
  ['status', 'POST', { check: 'meaning-500', condition: 'internal-fault', seen: '201', set: 'contract' }],
  ['status', 'POST', { check: 'meaning-429', condition: 'too-many-requests', seen: '201', set: 'contract' }],
  ['status', 'GET', { check: 'existence-hidden', condition: 'no-credential', seen: '404', set: 'hygiene' }],
  // Who is let in there has the right credential: that comes behind those who need none.
  [
    'status',
    'GET',
    { check: 'url-credential-refused', condition: 'malformed-credential', seen: '200', set: 'hygiene' },
  ],
  ['status', 'POST', { check: 'two-credentials-refused', condition: 'malformed-credential', seen: '201', set: 'http' }],
  ['body', 'GET', { check: 'fields-404', condition: 'unknown-object', seen: '404', set: 'contract' }],
  ['body', 'GET', { check: 'json-no-bom', condition: 'unknown-object', seen: '404', set: 'http' }],
  ['headers', 'GET', { check: 'challenge-on-401', condition: 'no-credential', seen: '401', set: 'http' }],
  ['headers', 'GET', { check: 'no-cookie-on-401', condition: 'no-credential', seen: '401', set: 'hygiene' }],
  ['wording', 'GET', { check: 'no-stack-trace', condition: 'internal-fault', seen: '5xx', set: 'hygiene' }],
])('%s: %s %j', (gravity, method, finding) => {
  expect(gravityOf(finding, method)).toBe(gravity);
});

test('the three gravest are told from the rest', () => {
  expect((['let-in', 'effect', 'secret', 'status', 'wording'] as const).map(isGravest)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('what stands comes first, then gravity, then the level, then how many operations', () => {
  const rank = (change: Partial<Rank>): Rank => ({
    gravity: 'body',
    level: 'MUST',
    stands: true,
    operations: 1,
    findings: 1,
    ...change,
  });
  const ranks = [
    rank({ gravity: 'let-in', condition: 'no-credential' }),
    rank({ gravity: 'let-in', condition: 'wrong-credential', findings: 9 }),
    rank({ gravity: 'let-in', condition: 'malformed-credential', findings: 99 }),
    rank({ gravity: 'secret', level: 'SHOULD' }),
    rank({ gravity: 'status', operations: 22, findings: 400 }),
    rank({ gravity: 'status', level: 'SHOULD', condition: 'malformed-credential', operations: 22, findings: 44 }),
    rank({ operations: 3 }),
    rank({ operations: 2, findings: 9 }),
    rank({ operations: 2, findings: 8 }),
    rank({ level: 'SHOULD', operations: 22 }),
    rank({ gravity: 'let-in', stands: false }),
    rank({ gravity: 'status', level: 'MAY' }),
  ];
  expect([...ranks].reverse().sort(compareRanks)).toEqual(ranks);
});
