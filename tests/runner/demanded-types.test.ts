import { describe, expect, test } from 'vitest';
import type { Client } from '../../exchange/client.ts';
import type { Exchange, RequestSpec } from '../../model/exchange.ts';
import type { Case, Control } from '../../plan/case.ts';
import { createDemandedTypes } from '../../runner/demanded-types.ts';
import { createPatience } from '../../runner/patience.ts';
import { sendPatiently } from '../../runner/send-patiently.ts';
import { sampleExchange } from '../judge/sample-exchange.ts';
import { CONTRACT } from '../judge/sample-law.ts';

const BARE: RequestSpec = { method: 'POST', target: '/postgres_databases/mine/test_connection', headers: [] };
const SUCCESS: Control['holds'] = { success: true };

/** A target that answers a bare request `refusal` and one with a media type `answer`, and what it was sent. */
function open(refusal: number, answer: number) {
  const sent: string[] = [];
  const types = createDemandedTypes(CONTRACT);
  const client: Client = {
    sent: () => sent.length,
    async send(request): Promise<Exchange> {
      const type = request.headers.find(([name]) => name === 'Content-Type')?.[1];
      sent.push(type ?? 'none');
      return { ...sampleExchange(type === undefined ? refusal : answer), request };
    },
  };
  const session = { client: types.dress(client), patience: createPatience(1000), types };
  const send = async (change: Partial<Case & Control>) => {
    const { exchange } = await sendPatiently(session, { request: BARE, danger: 'reject', ...change });
    return exchange.response?.status;
  };
  return { send, sent };
}

describe('a media type that is asked for where nothing is sent', () => {
  test.each([400, 411, 415])('is tried once after a %i, and sent from then on', async (refusal) => {
    const { send, sent } = open(refusal, 200);
    expect(await send({ holds: SUCCESS })).toBe(200);
    expect(await send({ holds: SUCCESS })).toBe(200);
    expect(await send({ expected: [404] })).toBe(200);
    expect(sent).toEqual(['none', 'application/json', 'application/json', 'application/json']);
  });

  test('is learnt by a case, too, where it makes the difference', async () => {
    const { send, sent } = open(400, 404);
    expect(await send({ expected: [404] })).toBe(404);
    expect(sent).toEqual(['none', 'application/json']);
  });

  test('is nothing to learn where it makes no difference: what came first stands', async () => {
    const { send, sent } = open(400, 500);
    expect(await send({ holds: SUCCESS })).toBe(400);
    expect(await send({ expected: [404] })).toBe(400);
    expect(sent).toEqual(['none', 'application/json', 'none', 'application/json']);
  });

  test.each<[string, Partial<Case & Control>]>([
    ['what is expected', { expected: [400] }],
    ['what a control asks for', { holds: { not: 404 } }],
    ['a request of the runner’s own', {}],
    ['a GET', { holds: SUCCESS, request: { ...BARE, method: 'GET' } }],
    ['a request with a body', { holds: SUCCESS, request: { ...BARE, body: { text: '{}' } } }],
    ['a path that no operation has', { holds: SUCCESS, request: { ...BARE, target: '/nowhere' } }],
  ])('is not tried for %s', async (_, change) => {
    const { send, sent } = open(400, 200);
    expect(await send(change)).toBe(400);
    expect(sent).toEqual(['none']);
  });

  test('is of its operation only', async () => {
    const { send, sent } = open(400, 200);
    await send({ holds: SUCCESS });
    await send({ request: { ...BARE, target: '/postgres_databases/mine/refresh_tables' } });
    expect(sent).toEqual(['none', 'application/json', 'none']);
  });
});
