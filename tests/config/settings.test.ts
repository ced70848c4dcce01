import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FAULT_DRIVERS } from '../../config/fault-drivers.ts';
import { readSettings } from '../../config/settings.ts';
import { SettingsError } from '../../config/settings-error.ts';
import { VARIABLES } from '../../config/variables.ts';
import { DANGERS } from '../../plan/case.ts';

const CHOICES = { statuses: [400, 401, 404], targets: ['generic', 'reference'], faults: ['envoy', 'prism'] };
const TARGET = { API_URL: 'https://api.example.com/api', API_TOKEN: 'a-good-token' };

const read = (env: Record<string, string | undefined>) => readSettings(env, CHOICES);
const complaintOf = (env: Record<string, string | undefined>) => {
  try {
    read(env);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return error instanceof Error ? error.message : error;
  }
  return undefined;
};

describe('without any variable', () => {
  test('the embedded API is tested with everything', () => {
    expect(read({ PATH: '/bin' })).toEqual({
      restricted: [],
      target: 'reference',
      allow: ['read', 'reject', 'write', 'load', 'fault'],
      require: [],
      counts: ['contract'],
      reportDir: 'conformance-report',
      failOn: 'any',
      timeoutMs: 10_000,
      concurrency: 8,
      burstConcurrency: 64,
      maxObjects: 10,
      protectedHosts: [],
      allowInsecure: false,
      tokenInUrl: true,
      headers: {},
      generation: { level: 'quick', seed: 1, budget: 500 },
    });
  });

  test('another API is read, and sent only what it must refuse', () => {
    expect(read(TARGET)).toMatchObject({
      apiUrl: 'https://api.example.com/api',
      token: 'a-good-token',
      target: 'generic',
      allow: ['read', 'reject'],
      tokenInUrl: false,
    });
  });

  test('an empty or blank one counts as not set', () => {
    const blank = Object.fromEntries(Object.keys(VARIABLES).map((name, index) => [name, index % 2 === 0 ? '' : ' ']));
    expect(read(blank)).toEqual(read({}));
  });
});

describe('each variable', () => {
  test.each<[string, string, object]>([
    ['API_URL', ' https://api.example.com/api// ', { apiUrl: 'https://api.example.com/api' }],
    ['API_URL', 'http://[::1]:80/', { apiUrl: 'http://[::1]:80' }],
    ['API_URL', 'http://x/api/?api-version=2026-01', { apiUrl: 'http://x/api?api-version=2026-01' }],
    ['API_LIMITED_TOKEN', 'limited-token', { limitedToken: 'limited-token' }],
    ['API_TOKEN', ' 12345678 ', { token: '12345678' }],
    ['API_ADMIN_TOKEN', 'admin-token', { adminToken: 'admin-token' }],
    ['API_RESTRICTED', '/sinks/internal, /a/b%20c,', { restricted: ['/sinks/internal', '/a/b%20c'] }],
    ['CONFORMANCE_TARGET', 'reference', { target: 'reference' }],
    ['CONFORMANCE_CONTRACT', ' contracts/mine ', { contract: 'contracts/mine' }],
    ['CONFORMANCE_ALLOW', 'read, write,read', { allow: ['read', 'write'] }],
    ['CONFORMANCE_ALLOW', 'all', { allow: [...DANGERS] }],
    ['CONFORMANCE_FAULTS', 'prism', { faults: 'prism' }],
    ['CONFORMANCE_REQUIRE', '404, 400', { require: [404, 400] }],
    ['CONFORMANCE_REQUIRE', 'all', { require: [400, 401, 404] }],
    ['CONFORMANCE_COUNT', 'contract,http,contract', { counts: ['contract', 'http'] }],
    ['CONFORMANCE_REPORT_DIR', ' out/report ', { reportDir: 'out/report' }],
    ['CONFORMANCE_WAIVERS', 'waivers.staging.yaml', { waivers: 'waivers.staging.yaml' }],
    ['CONFORMANCE_HISTORY', 'nights', { history: 'nights' }],
    ['CONFORMANCE_BASELINE', ' last/report.json ', { baseline: 'last/report.json', failOn: 'any' }],
    ['CONFORMANCE_FAIL_ON', 'any', { failOn: 'any' }],
    ['CONFORMANCE_RUN', ' night 7 ', { run: 'night 7' }],
    ['GITHUB_RUN_ID', '4711', { run: '4711' }],
    ['CI_PIPELINE_ID', '4711', { run: '4711' }],
    ['CONFORMANCE_TIMEOUT_MS', '600000', { timeoutMs: 600_000 }],
    ['CONFORMANCE_CONCURRENCY', '1', { concurrency: 1 }],
    ['CONFORMANCE_BURST_CONCURRENCY', '8', { burstConcurrency: 8 }],
    ['CONFORMANCE_MAX_RPS', '5', { maxRps: 5 }],
    ['CONFORMANCE_MAX_OBJECTS', '4', { maxObjects: 4 }],
    [
      'CONFORMANCE_PROTECTED_HOSTS',
      'API.example.com, *.example.org',
      { protectedHosts: ['api.example.com', '*.example.org'] },
    ],
    [
      'CONFORMANCE_PROTECTED_HOSTS',
      '.Example.com., ::1, [::ffff:10.0.0.1], bücher.example',
      { protectedHosts: ['*.example.com', '[::1]', '10.0.0.1', 'xn--bcher-kva.example'] },
    ],
    ['CONFORMANCE_CONFIRM_HOST', 'api.example.com', { confirmHost: 'api.example.com' }],
    ['CONFORMANCE_CONFIRM_HOST', 'API.example.com.', { confirmHost: 'api.example.com' }],
    ['CONFORMANCE_ALLOW_INSECURE', '1', { allowInsecure: true }],
    ['CONFORMANCE_TOKEN_IN_URL', '1', { tokenInUrl: true }],
    ['CONFORMANCE_TOKEN_IN_URL', '0', { tokenInUrl: false }],
    ['CONFORMANCE_CA_FILE', 'ca.pem', { caFile: 'ca.pem' }],
    ['CONFORMANCE_CLIENT_KEY_PASSPHRASE', 'a phrase', { keyPassphrase: 'a phrase' }],
    ['CONFORMANCE_SEED', '7', { generation: { level: 'quick', seed: 7, budget: 500 } }],
    ['CONFORMANCE_GENERATE_BUDGET', '9', { generation: { level: 'quick', seed: 1, budget: 9 } }],
    ['CONFORMANCE_GENERATE', 'deep', { generation: { level: 'deep', seed: expect.any(Number), budget: 20_000 } }],
    ['CONFORMANCE_HEADERS', '{"X-Tenant":"acme"}', { headers: { 'X-Tenant': 'acme' } }],
  ])('%s=%j', (name, value, settings) => {
    expect(read({ ...TARGET, [name]: value })).toMatchObject(settings);
  });

  test('is known to the list of variables, and the other way round', () => {
    const known = ['URL', 'TOKEN', 'ADMIN_TOKEN', 'LIMITED_TOKEN', 'CREDENTIALS', 'RESTRICTED'].map(
      (name) => `API_${name}`,
    );
    const own = ['TARGET', 'CONTRACT', 'ALLOW', 'FAULTS', 'REQUIRE', 'COUNT', 'REPORT_DIR', 'BASELINE', 'FAIL_ON'];
    own.push('WAIVERS', 'HISTORY', 'RUN', 'TIMEOUT_MS', 'CONCURRENCY', 'BURST_CONCURRENCY');
    own.push('MAX_RPS', 'MAX_OBJECTS', 'PROTECTED_HOSTS', 'CONFIRM_HOST', 'ALLOW_INSECURE', 'TOKEN_IN_URL', 'CA_FILE');
    own.push('CLIENT_CERT_FILE', 'CLIENT_KEY_FILE', 'CLIENT_KEY_PASSPHRASE', 'HEADERS', 'GENERATE', 'SEED');
    own.push('GENERATE_BUDGET', 'ENV');
    expect(Object.keys(VARIABLES)).toEqual([...known, ...own.map((name) => `CONFORMANCE_${name}`)]);
    for (const preset of Object.keys(FAULT_DRIVERS)) expect(VARIABLES.CONFORMANCE_FAULTS).toContain(preset);
    for (const danger of DANGERS) expect(VARIABLES.CONFORMANCE_ALLOW).toContain(danger);
  });
});

const OWN =
  'CONFORMANCE_TARGET, CONFORMANCE_CONTRACT, CONFORMANCE_ALLOW, CONFORMANCE_FAULTS, CONFORMANCE_REQUIRE, CONFORMANCE_COUNT';
const PACE =
  'CONFORMANCE_MAX_RPS, CONFORMANCE_MAX_OBJECTS, CONFORMANCE_PROTECTED_HOSTS, CONFORMANCE_CONFIRM_HOST, CONFORMANCE_ALLOW_INSECURE, CONFORMANCE_TOKEN_IN_URL, CONFORMANCE_CA_FILE, CONFORMANCE_CLIENT_CERT_FILE, CONFORMANCE_CLIENT_KEY_FILE, CONFORMANCE_CLIENT_KEY_PASSPHRASE, CONFORMANCE_HEADERS, CONFORMANCE_GENERATE, CONFORMANCE_SEED, CONFORMANCE_GENERATE_BUDGET, CONFORMANCE_ENV';
const NO_HEADERS = 'CONFORMANCE_HEADERS is no JSON object of texts; expected one such as {"X-Tenant":"acme"}.';
const NO_HOST = 'names what is no host name; expected one such as api.example.com.';
const NO_FRAGMENT =
  'API_URL holds a fragment; expected a base URL with its prefix, and a query that all requests have.';
const NO_USER = 'API_URL holds a user name or password; expected none: the token belongs in API_TOKEN.';
const NO_TOKEN = 'is not a token; expected at least 8 printable ASCII characters without spaces.';
const NO_PATH = 'expected a path below the base URL, such as /sinks/internal.';

test('no input is generated when it is switched off, and every deep search roams elsewhere', () => {
  expect(read({ CONFORMANCE_GENERATE: 'off' }).generation).toBeUndefined();
  const seeds = Array.from({ length: 5 }, () => read({ CONFORMANCE_GENERATE: 'deep' }).generation?.seed);
  expect(new Set(seeds).size).toBeGreaterThan(1);
});

describe('what is wrong is said in one sentence', () => {
  test.each<[Record<string, string>, string]>([
    [
      { API_TOKEN: 'a-good-token' },
      'API_TOKEN is set and API_URL is not; without API_URL the suite would test its own API.',
    ],
    [{ API_URL: 'http://x' }, 'API_TOKEN is not set; with API_URL the suite needs an ordinary API token.'],
    [
      { ...TARGET, CONFORMANCE_FAIL_ON: 'new' },
      'CONFORMANCE_FAIL_ON is "new" and CONFORMANCE_BASELINE is not set; expected both.',
    ],
    [{ ...TARGET, API_URL: 'api.example.com' }, 'API_URL is no URL; expected one such as http://localhost:7376/api.'],
    [{ ...TARGET, API_URL: 'ftp://x' }, 'API_URL begins with "ftp://"; expected http:// or https://.'],
    [{ ...TARGET, API_URL: 'http:x' }, 'API_URL is no URL; expected one such as http://localhost:7376/api.'],
    [{ ...TARGET, API_URL: 'http://jo:secret@x' }, NO_USER],
    [{ ...TARGET, API_URL: 'http://jo@x' }, NO_USER],
    [{ ...TARGET, API_URL: 'http://x/api#a' }, NO_FRAGMENT],
    [{ ...TARGET, API_TOKEN: 'short' }, `API_TOKEN ${NO_TOKEN}`],
    [{ ...TARGET, API_TOKEN: 'two words' }, `API_TOKEN ${NO_TOKEN}`],
    [{ API_ADMIN_TOKEN: 'tökentöken' }, `API_ADMIN_TOKEN ${NO_TOKEN}`],
    [{ API_RESTRICTED: 'sinks/internal' }, `API_RESTRICTED names "sinks/internal"; ${NO_PATH}`],
    [{ API_RESTRICTED: '/sinks/a, /' }, `API_RESTRICTED names "/"; ${NO_PATH}`],
    [{ API_RESTRICTED: '/sinks/a b' }, `API_RESTRICTED names "/sinks/a b"; ${NO_PATH}`],
    [{ CONFORMANCE_TARGET: 'nobody' }, 'CONFORMANCE_TARGET is "nobody"; expected generic, reference.'],
    [
      { CONFORMANCE_ALLOW: 'read,destroy' },
      'CONFORMANCE_ALLOW names "destroy"; expected read, reject, write, load, fault, or all.',
    ],
    [{ CONFORMANCE_ALLOW: ',' }, 'CONFORMANCE_ALLOW is ","; expected read, reject, write, load, fault, or all.'],
    [{ CONFORMANCE_FAULTS: 'chaos' }, 'CONFORMANCE_FAULTS is "chaos"; expected envoy, prism.'],
    [{ CONFORMANCE_REQUIRE: '400,418' }, 'CONFORMANCE_REQUIRE names "418"; expected all, or some of 400, 401, 404.'],
    [{ CONFORMANCE_REQUIRE: ', ,' }, 'CONFORMANCE_REQUIRE is ", ,"; expected all, or some of 400, 401, 404.'],
    [{ CONFORMANCE_REQUIRE: '0400' }, 'CONFORMANCE_REQUIRE names "0400"; expected all, or some of 400, 401, 404.'],
    [{ CONFORMANCE_COUNT: 'http,style' }, 'CONFORMANCE_COUNT is "style"; expected contract, http, hygiene.'],
    [{ CONFORMANCE_COUNT: ',' }, 'CONFORMANCE_COUNT is ","; expected contract, http, hygiene.'],
    [{ CONFORMANCE_TIMEOUT_MS: '0' }, 'CONFORMANCE_TIMEOUT_MS is "0"; expected a whole number from 1 to 600000.'],
    [
      { CONFORMANCE_TIMEOUT_MS: '600001' },
      'CONFORMANCE_TIMEOUT_MS is "600001"; expected a whole number from 1 to 600000.',
    ],
    [{ CONFORMANCE_TIMEOUT_MS: '1e3' }, 'CONFORMANCE_TIMEOUT_MS is "1e3"; expected a whole number from 1 to 600000.'],
    [{ CONFORMANCE_CONCURRENCY: '-1' }, 'CONFORMANCE_CONCURRENCY is "-1"; expected a whole number from 1 to 256.'],
    [{ CONFORMANCE_CONCURRENCY: '8.5' }, 'CONFORMANCE_CONCURRENCY is "8.5"; expected a whole number from 1 to 256.'],
    [{ CONFORMANCE_MAX_RPS: '0' }, 'CONFORMANCE_MAX_RPS is "0"; expected a whole number from 1 to 10000.'],
    [{ CONFORMANCE_MAX_OBJECTS: '1' }, 'CONFORMANCE_MAX_OBJECTS is "1"; expected a whole number from 2 to 1000.'],
    [{ CONFORMANCE_PROTECTED_HOSTS: 'https://a.example.com' }, `CONFORMANCE_PROTECTED_HOSTS ${NO_HOST}`],
    ...[
      'api.example.com:443',
      '[::1]:443',
      'api.example.com/api',
      'jo@api.example.com',
      'api.*.example.com',
      '*',
      '*.',
      '.',
      '*..example.com',
      '*.*.example.com',
      'api..example.com',
      '::1%eth0',
      'a.example.com;b.example.com',
      'a.example.com b.example.com',
      '"api.example.com"',
      '256.0.0.1',
    ].map((host): [Record<string, string>, string] => [
      { CONFORMANCE_PROTECTED_HOSTS: `a.example.com,${host}` },
      `CONFORMANCE_PROTECTED_HOSTS ${NO_HOST}`,
    ]),
    ...['*.10.0.0.1', '.1', '*.[::1]', '*.::1', '.0x7f.1'].map((host): [Record<string, string>, string] => [
      { CONFORMANCE_PROTECTED_HOSTS: host },
      'CONFORMANCE_PROTECTED_HOSTS names what is below an address; expected a name there, such as *.example.com.',
    ]),
    [{ CONFORMANCE_CONFIRM_HOST: 'a b' }, `CONFORMANCE_CONFIRM_HOST ${NO_HOST}`],
    [{ CONFORMANCE_CONFIRM_HOST: '*.example.com' }, `CONFORMANCE_CONFIRM_HOST ${NO_HOST}`],
    [{ CONFORMANCE_CONFIRM_HOST: '.example.com' }, `CONFORMANCE_CONFIRM_HOST ${NO_HOST}`],
    [{ CONFORMANCE_CONFIRM_HOST: 'api.example.com:443' }, `CONFORMANCE_CONFIRM_HOST ${NO_HOST}`],
    [{ CONFORMANCE_GENERATE: 'full' }, 'CONFORMANCE_GENERATE is "full"; expected off, quick, deep.'],
    [{ CONFORMANCE_SEED: '-1' }, 'CONFORMANCE_SEED is "-1"; expected a whole number from 0 to 2147483647.'],
    [{ CONFORMANCE_HEADERS: 'X-Tenant: acme' }, NO_HEADERS],
    [{ CONFORMANCE_HEADERS: '["X-Tenant"]' }, NO_HEADERS],
    [{ CONFORMANCE_HEADERS: '{"X-Tenant":1}' }, NO_HEADERS],
    [
      { CONFORMANCE_HEADERS: '{"X-Tenant":"a\\r\\nb"}' },
      'CONFORMANCE_HEADERS holds the header "X-Tenant", whose name or value cannot be sent.',
    ],
    [
      { CONFORMANCE_HEADERS: '{"authorization":"Basic abcd"}' },
      'CONFORMANCE_HEADERS holds "authorization", which the suite sets itself; expected other headers.',
    ],
    [
      { CONFORMANCE_HEADERS: '{"x-http-method-override":"DELETE"}' },
      'CONFORMANCE_HEADERS holds "x-http-method-override", with which a request would have another method than it seems; expected other headers.',
    ],
    [
      { CONFORMANCE_CLIENT_CERT_FILE: 'cert.pem' },
      'Only one of CONFORMANCE_CLIENT_CERT_FILE and CONFORMANCE_CLIENT_KEY_FILE is set; expected both, or neither.',
    ],
    [{ CONFORMANCE_ALLOW_INSECURE: 'yes' }, 'CONFORMANCE_ALLOW_INSECURE is "yes"; expected 0, 1.'],
    [{ CONFORMANCE_TOKEN_IN_URL: 'true' }, 'CONFORMANCE_TOKEN_IN_URL is "true"; expected 0, 1.'],
    [
      { CONFORMANCE_ALOW: 'read' },
      `CONFORMANCE_ALOW is not a setting; the settings are ${OWN}, CONFORMANCE_REPORT_DIR, CONFORMANCE_BASELINE, CONFORMANCE_FAIL_ON, CONFORMANCE_WAIVERS, CONFORMANCE_HISTORY, CONFORMANCE_RUN, CONFORMANCE_TIMEOUT_MS, CONFORMANCE_CONCURRENCY, CONFORMANCE_BURST_CONCURRENCY, ${PACE}.`,
    ],
  ])('%j', (env, message) => {
    expect(complaintOf(env)).toBe(message);
  });

  test.each<[Record<string, string>, string]>([
    [
      { CONFORMANCE_HEADERS: '{"x-api-key":"secret-key"}' },
      'CONFORMANCE_HEADERS holds "x-api-key", in which the contract wants the credential; that belongs in API_TOKEN.',
    ],
    [
      { API_URL: 'https://x/api?X-Api-Key=secret-key' },
      'API_URL holds the query parameter "X-Api-Key", in which the contract wants the credential; that belongs in API_TOKEN.',
    ],
    [{ API_CREDENTIALS: '{"other":"secret-key"}' }, 'API_CREDENTIALS names "other"; expected appKey.'],
    [
      {},
      'API_CREDENTIALS has no "appKey", a security scheme that the contract uses beside another; expected its credential there.',
    ],
    [
      { API_CREDENTIALS: 'secret-key' },
      'API_CREDENTIALS is no JSON object of texts; expected one such as {"appKey":"…"}.',
    ],
    [
      { API_CREDENTIALS: '{"appKey":"short"}' },
      'API_CREDENTIALS of "appKey" is not a token; expected at least 8 printable ASCII characters without spaces.',
    ],
  ])('%j where the contract asks for a key and another one', (env, sentence) => {
    const access = { isSecured: true, schemes: ['appKey'], carriers: ['X-Api-Key'] };
    expect(() => readSettings({ ...TARGET, ...env }, { ...CHOICES, access })).toThrow(new SettingsError(sentence));
  });

  test('no token is asked for where the contract asks for none', () => {
    const access = { isSecured: false, schemes: [], carriers: [] };
    const { API_TOKEN: _, ...env } = TARGET;
    expect(readSettings(env, { ...CHOICES, access }).token).toBeUndefined();
    expect(() => readSettings(env, CHOICES)).toThrow('API_TOKEN is not set');
  });

  test('and never shows a token or a URL, which may hold one', () => {
    const secret = fc.stringMatching(/^[a-z0-9]{12,20} [a-z0-9]{12,20}$/);
    fc.assert(
      fc.property(secret, (value) => {
        const [user = '', password = ''] = value.split(' ');
        const environments = [
          { ...TARGET, API_TOKEN: value },
          { API_ADMIN_TOKEN: value },
          { ...TARGET, API_URL: value },
          { ...TARGET, API_URL: `http://${user}:${password}@x` },
          { ...TARGET, API_URL: `http://x#${user}=${password}` },
        ];
        for (const env of environments) {
          const complaint = complaintOf(env);
          expect(complaint).toMatch(/^[^\n]+\.$/);
          expect(complaint).not.toContain(user);
          expect(complaint).not.toContain(password);
        }
      }),
    );
  });
});
