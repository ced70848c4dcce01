import { describe, expect, test } from 'vitest';
import { getTarget, setEmbedded } from '../../config/context.ts';
import { FAULT_DRIVERS } from '../../config/fault-drivers.ts';
import { readSettings } from '../../config/settings.ts';

const settingsOf = (env: Record<string, string>) =>
  readSettings(env, { statuses: [], targets: ['generic', 'reference'], faults: [] });

describe('where a run sends', () => {
  const remote = { API_URL: 'https://api.example.com', API_TOKEN: 'a-good-token' };
  const embedded = { url: 'http://127.0.0.1:1', token: 'ordinary', adminToken: 'admin' };

  test('is nowhere before the embedded API has told where it listens, if none was named', () => {
    expect(() => getTarget(settingsOf({}))).toThrow('has not told where it listens');
    setEmbedded(embedded);
    expect(getTarget(settingsOf({}))).toEqual(embedded);
  });

  test('is the API that was named, whatever the embedded one says', () => {
    setEmbedded(embedded);
    const target = { url: 'https://api.example.com', token: 'a-good-token' };
    expect(getTarget(settingsOf(remote))).toEqual(target);
    const admin = settingsOf({ ...remote, API_ADMIN_TOKEN: 'admin-token' });
    expect(getTarget(admin)).toEqual({ ...target, adminToken: 'admin-token' });
  });
});

test.each(Object.entries(FAULT_DRIVERS))(
  'the fault driver %s goes by its name and asks for any error status',
  (name, driver) => {
    expect(driver.name).toBe(name);
    expect(driver.provenance).not.toBe('organic');
    expect(driver.statuses).toEqual(Array.from({ length: 200 }, (_, index) => 400 + index));
    expect(Object.values(driver.headers).join()).toContain('{status}');
  },
);
