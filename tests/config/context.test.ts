import { describe, expect, test } from 'vitest';
import { getTarget } from '../../config/context.ts';
import { FAULT_DRIVERS } from '../../config/fault-drivers.ts';
import { readSettings } from '../../config/settings.ts';
import { loadContract } from '../../schemas/load-contract.ts';

const settingsOf = (env: Record<string, string>) =>
  readSettings(env, { statuses: [], targets: ['generic', 'reference'], faults: [] });

describe('where a run sends', () => {
  const remote = { API_URL: 'https://api.example.com', API_TOKEN: 'a-good-token' };
  const embedded = { EMBEDDED_URL: 'http://127.0.0.1:1', EMBEDDED_TOKEN: 'ordinary', EMBEDDED_ADMIN_TOKEN: 'admin' };

  test('is the API that was named, whatever the embedded one says', () => {
    const target = { url: 'https://api.example.com', token: 'a-good-token' };
    expect(getTarget(settingsOf(remote), embedded)).toEqual(target);
    const admin = settingsOf({ ...remote, API_ADMIN_TOKEN: 'admin-token' });
    expect(getTarget(admin, embedded)).toEqual({ ...target, adminToken: 'admin-token' });
  });

  test('is the embedded API where none was named', () => {
    const target = { url: 'http://127.0.0.1:1', token: 'ordinary', adminToken: 'admin' };
    expect(getTarget(settingsOf({}), embedded)).toEqual(target);
  });

  test.each(Object.keys(embedded))('is nowhere without %s', (name) => {
    expect(() => getTarget(settingsOf({}), { ...embedded, [name]: '' })).toThrow('has not told where it listens');
  });
});

test.each(Object.entries(FAULT_DRIVERS))(
  'the fault driver %s goes by its name and asks for published statuses',
  (name, driver) => {
    expect(driver.name).toBe(name);
    expect(driver.provenance).not.toBe('organic');
    expect(driver.statuses).toEqual(loadContract().statuses);
    expect(Object.values(driver.headers).join()).toContain('{status}');
  },
);
