import { describe, expect, test } from 'vitest';
import { maskCookie } from '../../exchange/mask-cookie.ts';
import { createRedaction } from '../../exchange/redact.ts';
import { SECRETS } from './raw-server.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const redact = (text: string, secrets: Record<string, string> = SECRETS) => {
  const redactor = createRedaction(secrets)();
  return { text: redactor.text(text, 'body'), echoed: redactor.echoed() };
};

describe('our secrets', () => {
  test.each([
    ['plain', SECRETS.token],
    ['base64', base64(SECRETS.token)],
    ['base64 without padding', base64(SECRETS.token).replace(/=+$/, '')],
    ['Basic, one byte before', base64(`:${SECRETS.token}`)],
    ['Basic, a user before', base64(`ab:${SECRETS.token}`)],
    ['in the middle of base64', base64(`user:${SECRETS.token}:more`)],
  ])('%s', (_name, form) => {
    const { text, echoed } = redact(`before ${form} after`);
    expect(text).toContain('«redacted:token»');
    expect(text).toMatch(/^before .{0,12}«redacted:token».{0,12} after$/);
    expect(echoed).toEqual([{ secret: 'token', where: 'body' }]);
  });

  test.each([
    ['URL-encoded', encodeURIComponent(SECRETS.adminToken)],
    ['URL-encoded, lower case', encodeURIComponent(SECRETS.adminToken).replace(/%../g, (hex) => hex.toLowerCase())],
    ['JSON with escaped slash', SECRETS.adminToken.replace('/', '\\/')],
    ['base64url', base64(SECRETS.adminToken).replaceAll('+', '-').replaceAll('/', '_')],
  ])('%s', (_name, form) => {
    expect(redact(`<${form}>`).text).toBe('<«redacted:adminToken»>');
  });

  describe('that hold what has to be escaped', () => {
    const secret = 'pä"ss\\wo<r>&d %+/ 12345';
    const bytes = Buffer.from(secret);
    const percent = encodeURIComponent(secret);
    const json = JSON.stringify(secret).slice(1, -1);
    const entities: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' };
    const html = secret.replace(/[&<>"]/g, (each) => `&${entities[each]};`);
    test.each([
      ['in upper case', secret.toUpperCase()],
      ['in lower case', secret.toLowerCase()],
      ['in hex', bytes.toString('hex')],
      ['in upper-case hex', bytes.toString('hex').toUpperCase()],
      ['in a hex dump', bytes.toString('hex').replace(/..(?!$)/g, '$& ')],
      ['with every byte percent-encoded', bytes.toString('hex').replace(/../g, '%$&')],
      ['percent-encoded twice', encodeURIComponent(percent)],
      ['as a form writes it', percent.replaceAll('%20', '+')],
      ['as JSON in JSON', JSON.stringify(json).slice(1, -1)],
      ['as JSON in JSON in JSON', JSON.stringify(JSON.stringify(json).slice(1, -1)).slice(1, -1)],
      [
        'as JSON in ASCII',
        secret.replace(/[<>&"\\]|[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
      ],
      ['as HTML', html],
      ['as HTML in HTML', html.replaceAll('&', '&amp;')],
      ['as HTML with numbers', secret.replace(/[^\w ]/g, (each) => `&#${each.charCodeAt(0)};`)],
      ['as HTML with hex numbers', secret.replace(/[^\w ]/g, (each) => `&#x${each.charCodeAt(0).toString(16)};`)],
      ['as JSON in base64', base64(json)],
      ['percent-encoded in base64', base64(percent)],
      ['in base64, percent-encoded', encodeURIComponent(base64(secret))],
    ])('%s', (_name, form) => {
      const { text } = redact(`(${form})`, { token: secret });
      expect(text).toMatch(/^\(.{0,2}«redacted:token».{0,2}\)$/);
    });

    test.each(['utf16le', 'utf8', 'latin1'] as const)('as %s bytes', (encoding) => {
      const redactor = createRedaction({ token: secret })();
      for (const form of [secret, base64(secret), JSON.stringify(secret).slice(1, -1), percent]) {
        const clean = redactor.bytes(Buffer.from(`<${form}>`, encoding), 'body');
        expect(clean.toString()).toBe('<«redacted:token»>');
      }
      const other = Buffer.from('<nothing>', encoding);
      expect(redactor.bytes(other, 'body')).toEqual(other);
    });

    test('as UTF-8 of what was UTF-8 read as Latin-1', () => {
      const twice = Buffer.from(Buffer.from(secret).toString('latin1'));
      expect(createRedaction({ token: secret })().bytes(twice, 'body').toString()).toBe('«redacted:token»');
    });
  });

  test('the place of one secret is not searched for another, and no one can hide a secret behind a mark', () => {
    expect(redact('a secret-4711', { token: 'secret-4711', headerX: 'redacted', headerY: 'token' }).text).toBe(
      'a «redacted:token»',
    );
    expect(redact('«redacted:secret-4711»', { token: 'secret-4711' }).text).toBe('«redacted:«redacted:token»»');
  });

  test('of two secrets of which one holds the other, the whole is masked', () => {
    expect(redact('jo:pass-4711', { password: 'pass-4711', proxy: 'jo:pass-4711' }).text).toBe('«redacted:proxy»');
  });

  test('of a long one more than half is masked, as a server shows it that shortens what it quotes', () => {
    const token = 'abcdefgh-12345678';
    expect(redact('"abcdefgh-1234…"', { token }).text).toBe('"«redacted:token»…"');
    expect(redact('"abcdefgh-"', { token }).text).toBe('"«redacted:token»"');
    expect(redact('"abcdefgh"', { token }).text).toBe('"abcdefgh"');
    expect(redact('"abcdefghx1234"', { token }).text).toBe('"«redacted:token:changed»"');
    expect(redact('"abcdefghx12345678"', { token }).text).toBe('"«redacted:token:changed»"');
  });

  test('a configured header is looked for as a whole only, since it may begin like any other text', () => {
    const secrets = { headerXVersion: 'application/vnd.acme.v1+json' };
    expect(redact('application/vnd.api+json', secrets)).toEqual({ text: 'application/vnd.api+json', echoed: [] });
  });

  test('a short one is looked for as it is only', () => {
    expect(redact('acme ACME', { headerX: 'acme' }).text).toBe('«redacted:headerX» ACME');
  });

  test('a changed token has a name of its own', () => {
    const changed = `${SECRETS.token.slice(0, 10)}x${SECRETS.token.slice(11)}`;
    expect(redact(changed)).toEqual({
      text: '«redacted:token:changed»',
      echoed: [{ secret: 'token:changed', where: 'body' }],
    });
  });

  test('a secret that is not ASCII is found in bytes', () => {
    const redactor = createRedaction({ token: 'pässwörd' })();
    expect(redactor.bytes(Buffer.from('"pässwörd"'), 'after').toString()).toBe('"«redacted:token»"');
  });

  test('bytes that are no text survive', () => {
    const redactor = createRedaction(SECRETS)();
    const bytes = Buffer.concat([
      Buffer.from([0xff, 0xab, 0x00]),
      Buffer.from(SECRETS.token),
      Buffer.from([0xbb, 0xfe]),
    ]);
    const clean = redactor.bytes(bytes, 'body');
    expect(clean.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xab, 0x00]));
    expect(clean.subarray(-2)).toEqual(Buffer.from([0xbb, 0xfe]));
    expect(clean.subarray(3, -2).toString()).toBe('«redacted:token»');
  });

  test('JSON stays JSON', () => {
    const body = JSON.stringify({ [SECRETS.token]: `Bearer ${SECRETS.adminToken}`, list: [base64(SECRETS.token)] });
    expect(JSON.parse(redact(body).text)).toEqual({
      '«redacted:token»': 'Bearer «redacted:adminToken»',
      list: ['«redacted:token»'],
    });
  });

  test.each(['"a\\b "', '\\ab\\', '/ä"c\\'])('JSON stays JSON, however often %s was escaped in it', (token) => {
    const unicode = token.replace(/[^a-z]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
    let forms = [token, `"${token}"`, `\\${token}\\"`, unicode, token.replaceAll('/', '\\/')];
    for (let depth = 0; depth < 3; depth += 1) {
      forms = forms.map((form) => JSON.stringify({ form }));
      for (const form of forms) {
        const { text } = redact(form, { token });
        expect(() => JSON.parse(text), `${form} ${text}`).not.toThrow();
        expect(text).toContain('«redacted:token»');
      }
    }
  });

  test('a secret with pattern characters is taken literally', () => {
    const token = ['.*+?^$', '{}()|[]\\'].join('');
    expect(redact(`a${token}b`, { token }).text).toBe('a«redacted:token»b');
  });

  test('short and empty secrets stay', () => {
    expect(redact('abc', { token: 'abc', adminToken: '' })).toEqual({ text: 'abc', echoed: [] });
  });

  test('half a secret is masked at a cut end only, and is no echo', () => {
    const redactor = createRedaction(SECRETS)();
    expect(redactor.text('x canaryTOK', 'body', { end: true })).toBe('x «redacted:token»');
    expect(redactor.text('EN1234567890 x', 'after', { start: true })).toBe('«redacted:token» x');
    expect(redactor.text('x canaryTOK', 'body')).toBe('x canaryTOK');
    expect(redactor.echoed()).toEqual([]);
  });
});

describe('secrets of others', () => {
  const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${'c'.repeat(20)}`;
  test.each([
    ['jwt', `{"t":"${jwt}"}`, '{"t":"«redacted:looks-like-jwt»"}'],
    ['aws-key', 'id AKIAABCDEFGHIJKLMNOP.', 'id «redacted:looks-like-aws-key».'],
    // Put together here, so that no scanner takes this file for a leak.
    ['stripe-key', `${'sk_'}live_${'a1'.repeat(12)}`, '«redacted:looks-like-stripe-key»'],
    ['bearer', '{"h":"Bearer abcdef0123456789abcd=="}', '{"h":"Bearer «redacted:looks-like-bearer»"}'],
    [
      'private-key',
      `{"k":"-----BEGIN RSA ${'PRIVATE'} KEY-----\\nMIIE+/=\\nabc\\n-----END RSA ${'PRIVATE'} KEY-----\\n","a":1}`,
      '{"k":"«redacted:looks-like-private-key»\\n","a":1}',
    ],
    ['private-key', `{"k":"-----BEGIN ${'PRIVATE'} KEY-----\\nMIIE"}`, '{"k":"«redacted:looks-like-private-key»"}'],
  ])('%s', (kind, text, expected) => {
    expect(redact(text)).toEqual({ text: expected, echoed: [{ secret: `looks-like-${kind}`, where: 'body' }] });
  });

  test.each([
    'Bearer realm="example", error="invalid_token"',
    'Bearer error_description1234567="x"',
    'Bearer error_description=\\"the token expired\\"',
    'Use Bearer authentication/authorization to proceed',
    'eyJ is how JSON begins in base64',
    'sk_live_ keys',
    '-----BEGIN PUBLIC KEY-----',
  ])('%s is none', (text) => {
    expect(redact(text)).toEqual({ text, echoed: [] });
  });

  test.each([97, 2000, 16_000])('a secret of %i characters is found in every spelling, and soon', (length) => {
    const token = Array.from({ length }, (_, at) => `abcdefghij/+0123456789-_.=${at}`.at(at % 24)).join('');
    const startedAt = performance.now();
    const redactor = createRedaction({ token })();
    const spellings = [
      token,
      encodeURIComponent(token),
      token.toUpperCase(),
      token.replaceAll('/', '\\/'),
      Buffer.from(token).toString('hex'),
      Buffer.from(`x:${token}`).toString('base64'),
      token.slice(0, length - 20),
    ];
    for (const each of spellings)
      expect(redactor.text(`<${each}>${token.slice(0, 20)}`, 'body')).toMatch(/^<.{0,3}«redacted:token».{0,4}>\S{20}$/);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  test('hostile text costs linear time', () => {
    const size = 1024 * 1024;
    const started = performance.now();
    for (const piece of [
      'eyJ',
      'eyJaaaaaaaa.',
      'Bearer ',
      'a',
      '-----BEGIN PRIVATE KEY-----',
      'sk_live_',
      ' ',
      '\\n',
      'cana',
      'canary\\',
      '\\',
      '%25',
      '&amp;',
    ])
      expect(redact(piece.repeat(size / piece.length)).text.length).toBeGreaterThan(0);
    expect(redact(`-----BEGIN PRIVATE KEY-----${'\\n'.repeat(size / 2)}`).echoed).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

test.each([
  ['id=abc; Path=/; HttpOnly', 'id=«redacted:set-cookie»; Path=/; HttpOnly'],
  ['id=a=b', 'id=«redacted:set-cookie»'],
  ['nameless', '«redacted:set-cookie»'],
])('cookie %s', (value, expected) => {
  expect(maskCookie(value)).toBe(expected);
});
