import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { ContractError } from '../../schemas/contract-error.ts';
import { partAt, wholeOf } from '../../schemas/part.ts';
import { isSecured, readSecurity, type SecurityScheme, schemesOf } from '../../schemas/security.ts';

const SCHEMES = `
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
    pair: {type: http, scheme: Basic}
    key: {type: apiKey, in: header, name: X-Api-Key}
    app-key: {type: apiKey, in: query, name: app_key}
    session: {type: apiKey, in: cookie, name: sid}
    flow: {type: oauth2, flows: {}}
    certificate: {type: mutualTLS}
    asked: {type: http, scheme: digest}
    odd: {type: password}
`;

function read(security: string, own = '{}') {
  const value = load(`${SCHEMES}${security}\nown: ${own}`);
  const whole = wholeOf({ name: 'openapi.yaml', value, lines: () => [7, 7] });
  return readSecurity(whole, partAt(whole, 'own'));
}

const named = (schemes: SecurityScheme[]) => schemes.map(({ name, secret }) => `${name} ${secret}`);

describe('the security of an operation', () => {
  test('is its own, or else that of the document', () => {
    expect(named(schemesOf({ security: read('security: [{key: []}]') ?? [] }))).toEqual(['key token']);
    expect(named(schemesOf({ security: read('security: [{key: []}]', '{security: [{pair: []}]}') ?? [] }))).toEqual([
      'pair token',
    ]);
  });

  test('may be several schemes at once, of which those behind the first have credentials of their own', () => {
    const security = read('security: [{key: [], app-key: []}]') ?? [];
    expect(named(schemesOf({ security }))).toEqual(['key token', 'app-key credentialAppKey']);
  });

  test('may be optional, or one of several ways', () => {
    const optional = read('security: [{}, {token: []}]') ?? [];
    expect([isSecured({ security: optional }), named(schemesOf({ security: optional }))]).toEqual([
      false,
      ['token token'],
    ]);
    const either = read('security: [{session: []}, {flow: [read]}]') ?? [];
    expect([isSecured({ security: either }), named(schemesOf({ security: either }))]).toEqual([
      true,
      ['session token'],
    ]);
  });

  test.each([
    ['nothing', 'security: []', '{}'],
    ['nothing at all', 'security: [{key: []}]', '{security: []}'],
    ['a certificate', 'security: [{certificate: []}]', '{}'],
    ['nothing, though there are schemes', '', '{}'],
  ])('may be %s', (_, document, own) => {
    const security = read(document, own) ?? [];
    expect([isSecured({ security }), schemesOf({ security })]).toEqual([false, []]);
  });

  test('is a bearer token where a document says nothing of credentials', () => {
    const whole = wholeOf({ name: 'openapi.yaml', value: {}, lines: () => [1, 1] });
    expect(readSecurity(whole, whole)).toBeUndefined();
    expect([isSecured({}), named(schemesOf({}))]).toEqual([true, ['bearer token']]);
  });

  test.each([
    ['security: [{kye: []}]', 'security[0].kye: expected the name of a security scheme, found kye'],
    [
      'security: [{asked: []}]',
      'components.securitySchemes.asked.scheme: expected bearer, basic, or another scheme whose credential stays the same, found "digest"',
    ],
    [
      'security: [{odd: []}]',
      'components.securitySchemes.odd.type: expected one of http, apiKey, oauth2, openIdConnect, mutualTLS, found "password"',
    ],
    ['security: {key: []}', 'security: expected a list, found {"key":[]}'],
  ])('is refused where it cannot be had: %s', (security, sentence) => {
    expect(() => read(security)).toThrow(new ContractError(`openapi.yaml:7: ${sentence}`));
  });
});
