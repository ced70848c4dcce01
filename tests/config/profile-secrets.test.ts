import { describe, expect, test } from 'vitest';
import { hideSecrets } from '../../config/profile-secrets.ts';
import { loadTarget } from '../../config/target-profile.ts';
import type { TargetProfile } from '../../plan/case.ts';

const GENERIC = loadTarget('generic');
const fault = { status: 500, operations: 'all' as const, title: 'x' };
const hide = (profile: Partial<TargetProfile>, env = {}) => hideSecrets({ ...GENERIC, ...profile }, env);

describe("a target profile's secrets", () => {
  test('are variables of the environment, wherever they stand in a text', () => {
    const faults = [{ ...fault, headers: { 'X-Any': `key \${API_SECRET_FAULT_KEY}` } }];
    const { profile, secrets } = hide({ faults }, { API_SECRET_FAULT_KEY: 'of-the-environment' });
    expect(profile.faults).toEqual([{ ...fault, headers: { 'X-Any': 'key {{secretFaultKey}}' } }]);
    expect(secrets).toEqual({ secretFaultKey: 'of-the-environment' });
  });

  test('are values of headers and fields that are named like a credential, at any depth', () => {
    const bodies = { create: { password: 'hunter-22', deep: [{ api_key: 'abcd-1234', port: 5432, ssl: null }] } };
    const faults = [{ ...fault, headers: { 'X-Fault-Token': 'letmein' }, body: { password: 'another' } }];
    const { profile, secrets } = hide({ bodies, faults });
    expect(secrets).toEqual({
      secretXFaultToken: 'letmein',
      secretPassword: 'another',
      secretPassword2: 'hunter-22',
      secretApiKey: 'abcd-1234',
    });
    expect(profile.bodies).toEqual({
      create: { password: '{{secretPassword2}}', deep: [{ api_key: '{{secretApiKey}}', port: 5432, ssl: null }] },
    });
  });

  test('are passwords in URLs', () => {
    const { profile, secrets } = hide({ bodies: { create: { url: 'postgresql://jo:hunter-22@db.example.com/x' } } });
    expect(profile.bodies).toEqual({ create: { url: 'postgresql://jo:{{secretUrlPassword}}@db.example.com/x' } });
    expect(secrets).toEqual({ secretUrlPassword: 'hunter-22' });
  });

  test('are nothing else', () => {
    const bodies = { create: { primary_key: 'some-id', auth_type: 'api_key', url: 'https://x.example.com/a:b@c' } };
    const other = {
      bodies,
      faults: [
        { ...fault, headers: { 'X-Account': 'damaged' } },
        { ...fault, body: { password: 'password' } },
      ],
    };
    expect(hide(other)).toEqual({ profile: { ...GENERIC, ...other }, secrets: {} });
    for (const name of ['generic', 'reference', 'sequin'])
      expect(hideSecrets(loadTarget(name), {})).toEqual({ profile: loadTarget(name), secrets: {} });
  });

  test.each([{}, { API_SECRET_A: '' }, { API_SECRET_A: 'abc' }])('that are not there are told: %o', (env) => {
    expect(() => hide({ bodies: { create: { x: `\${API_SECRET_A}` } } }, env)).toThrow(
      'The target profile "generic" names API_SECRET_A, which is not set, or too short to be told from text.',
    );
  });
});
