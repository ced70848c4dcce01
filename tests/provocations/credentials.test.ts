import { describe, expect, test } from 'vitest';
import { rightCredential, type Sent, WRONG, type Wrong, wrongCredentials } from '../../provocations/credentials.ts';
import type { Security, SecurityScheme } from '../../schemas/security.ts';

const SCHEMES = {
  bearer: { name: 'bearer', secret: 'token', type: 'http', scheme: 'bearer' },
  basic: { name: 'basic', secret: 'token', type: 'http', scheme: 'basic' },
  token: { name: 'token', secret: 'token', type: 'http', scheme: 'Token' },
  header: { name: 'header', secret: 'token', type: 'apiKey', in: 'header', parameter: 'X-Api-Key' },
  query: { name: 'query', secret: 'token', type: 'apiKey', in: 'query', parameter: 'api_key' },
  cookie: { name: 'cookie', secret: 'token', type: 'apiKey', in: 'cookie', parameter: 'sid' },
} as const satisfies Record<string, SecurityScheme>;

type Name = keyof typeof SCHEMES;

const show = ({ headers, query, cookies }: Sent) =>
  [
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...query.map(([name, value]) => `?${name}=${value}`),
    ...cookies.map(([name, value]) => `cookie ${name}=${value}`),
  ].join(', ');

const securityOf = (...alternatives: Name[][]): Security =>
  alternatives.map((each) => each.map((name) => SCHEMES[name]));
const wrong = (security: Security, way: Wrong) => wrongCredentials({ security }, way).map(({ sent }) => show(sent));

const PAIR = Buffer.from('ecc-no-such-user:ecc-no-such-password').toString('base64');

describe.each<[Name, string, Partial<Record<Wrong, string>>]>([
  [
    'bearer',
    'Authorization: Bearer {{token}}',
    {
      empty: 'Authorization: Bearer ',
      unknown: 'Authorization: Bearer ecc-no-such-token',
      changed: 'Authorization: Bearer {{token:changed}}',
      'as another scheme': 'Authorization: Token {{token}}',
      elsewhere: '?access_token={{token:url}}, ?token={{token:url}}, ?api_key={{token:url}}',
      twice: 'Authorization: Bearer {{token}}, Authorization: Bearer ecc-no-such-token',
    },
  ],
  [
    'basic',
    'Authorization: Basic {{token:basic}}',
    {
      empty: 'Authorization: Basic ',
      unknown: `Authorization: Basic ${PAIR}`,
      changed: 'Authorization: Basic {{token:changed:basic}}',
      'as another scheme': 'Authorization: Token {{token}}',
      twice: `Authorization: Basic {{token:basic}}, Authorization: Basic ${PAIR}`,
    },
  ],
  [
    'header',
    'X-Api-Key: {{token}}',
    {
      empty: 'X-Api-Key: ',
      unknown: 'X-Api-Key: ecc-no-such-token',
      changed: 'X-Api-Key: {{token:changed}}',
      'as another scheme': 'Authorization: Bearer {{token}}',
      elsewhere: '?X-Api-Key={{token:url}}, ?api_key={{token:url}}',
    },
  ],
  [
    'query',
    '?api_key={{token:url}}',
    {
      empty: '?api_key=',
      unknown: '?api_key=ecc-no-such-token',
      changed: '?api_key={{token:changed:url}}',
      elsewhere: 'api_key: {{token}}',
    },
  ],
  [
    'cookie',
    'cookie sid={{token}}',
    {
      empty: 'cookie sid=',
      changed: 'cookie sid={{token:changed}}',
      'as another scheme': 'Authorization: Bearer {{token}}',
      elsewhere: '?sid={{token:url}}',
    },
  ],
])('a credential of the kind %s', (name, right, ways) => {
  test('travels where the contract says', () => {
    expect(show(rightCredential({ security: securityOf([name]) }))).toBe(right);
  });

  test.each(Object.entries(ways))('is wrong when it is %s', (way, sent) => {
    expect(wrong(securityOf([name]), way as Wrong)).toEqual([sent]);
  });

  test('is not there at all when it is absent', () => {
    expect(wrong(securityOf([name]), 'absent')).toEqual(['']);
  });
});

test('where a kind has no such way to be wrong, there is none', () => {
  expect(wrong(securityOf(['query']), 'as another scheme')).toEqual([]);
  expect(wrong(securityOf(['token']), 'as another scheme')).toEqual([]);
  for (const name of ['header', 'query', 'cookie'] as const) expect(wrong(securityOf([name]), 'twice')).toEqual([]);
});

test('of several at once each is wrong in its turn, and the others right', () => {
  const security = securityOf(['header', 'query']);
  const faults = wrongCredentials({ security }, 'absent');
  expect(faults.map(({ suffix, sent }) => `${suffix} ${show(sent)}`)).toEqual([
    ':header ?api_key={{credentialQuery:url}}',
    ':query X-Api-Key: {{token}}',
  ]);
});

test.each<[string, Name[][], Wrong]>([
  ['a key in the query', [['header'], ['query']], 'elsewhere'],
  ['a bearer token', [['header'], ['bearer']], 'as another scheme'],
  ['the scheme Token', [['bearer'], ['token']], 'as another scheme'],
])('nothing is wrong that another way to be let in would take: %s', (_, alternatives, way) => {
  expect(wrong(securityOf(...alternatives), way)).toEqual([]);
  expect(wrong(securityOf(...alternatives), 'unknown')).toHaveLength(1);
});

test('a secret stands in a URL only where it belongs there, or where it is said so', () => {
  const inUrl = (name: Name) =>
    (Object.keys(WRONG) as Wrong[]).flatMap((way) =>
      wrongCredentials({ security: securityOf([name]) }, way)
        .filter(({ isSecretInUrl }) => isSecretInUrl)
        .map(() => way),
    );
  expect(inUrl('bearer')).toEqual(['elsewhere']);
  expect(inUrl('query')).toEqual([]);
});
