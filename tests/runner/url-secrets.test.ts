import { describe, expect, test } from 'vitest';
import { makePlan, openSession } from '../../runner/session.ts';
import { CONTRACT } from '../../selfcheck/run-suite.ts';
import { respond, SECRETS, startFixedServer } from '../exchange/raw-server.ts';
import { PROFILE } from '../judge/sample-profile.ts';

const PLACES = [
  '/sinks?access_token={{token}}',
  '/sinks?access_token={{token:changed}}',
  '/sinks/{{adminToken}}',
  '/sinks?key={{secretFaultKey}}',
  '/sinks?tenant={{headerXTenant}}',
];

async function send(target: string, tokenInUrl: boolean) {
  const server = await startFixedServer(respond('404 Not Found', '{}'));
  const plan = makePlan(CONTRACT, { allow: [], tokenInUrl, admin: true, profile: PROFILE }, ['contract']);
  const where = { ...SECRETS, url: `http://127.0.0.1:${server.port}`, headers: { 'X-Tenant': 'acme-corp-7' } };
  const secrets = { secretFaultKey: 'fault-key-7' };
  const session = openSession(plan, { ...where, secrets }, { timeoutMs: 2000, concurrency: 2 });
  const sent = [session.client, session.faultClient].map((client) =>
    client.send({ method: 'GET', target, headers: [] }),
  );
  return { outcomes: await Promise.allSettled(sent), requests: server.requests };
}

describe('a secret in a URL', () => {
  test.each(PLACES)('never leaves where none may stand there: %s', async (target) => {
    const { outcomes, requests } = await send(target, false);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { message: expect.stringMatching(/^GET \S+ names /) },
      });
    expect(requests).toEqual([]);
  });

  test.each(PLACES)('leaves where it may: %s', async (target) => {
    const { outcomes, requests } = await send(target, true);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(requests).toHaveLength(2);
  });

  test.each(['/sinks', '/sinks/%7B%7Btoken%7D%7D', '/sinks?x={token}', '/sinks?x={{1}}'])(
    'is none: %s',
    async (target) => {
      const { requests } = await send(target, false);
      expect(requests).toHaveLength(2);
    },
  );
});
