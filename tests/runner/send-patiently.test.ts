import { describe, expect, test } from 'vitest';
import type { Exchange, ResponseRecord, TransportFailure } from '../../model/exchange.ts';
import type { Danger } from '../../plan/case.ts';
import { createPatience } from '../../runner/patience.ts';
import { sendPatiently } from '../../runner/send-patiently.ts';

const OK: ResponseRecord = {
  status: 200,
  reason: 'OK',
  httpVersion: '1.1',
  headers: [],
  body: '{}',
  bodyBytes: 2,
  validUtf8: true,
  framing: 'content-length',
  complete: true,
  truncated: false,
  interim: [],
  bytesAfter: '',
};
const LIMITED: ResponseRecord = { ...OK, status: 429, headers: [['Retry-After', '0']] };
const CLOSED: TransportFailure = { kind: 'closed', code: 'ECONNRESET', message: 'reset' };
const UNREACHABLE: TransportFailure = { kind: 'unreachable', code: 'ECONNREFUSED', message: 'refused' };
const TIMEOUT: TransportFailure = { kind: 'timeout', code: 'ETIMEDOUT', message: 'too late' };

type Outcome = ResponseRecord | TransportFailure;

/** Sends through a client that answers with the given outcomes in turn, and yields how often it was asked and what came last. */
async function send(
  outcomes: Outcome[],
  method = 'GET',
  danger: Danger = 'read',
  expected?: number[],
  patience = createPatience(1000),
): Promise<[sent: number, last: number | string | undefined]> {
  let sent = 0;
  const client = {
    sent: () => sent,
    send: async (request: Exchange['request']): Promise<Exchange> => {
      const outcome = outcomes[Math.min(sent, outcomes.length - 1)];
      sent += 1;
      const base = { request, url: 'http://api.example/x', echoed: [], ms: 1 };
      if (outcome === undefined) return base;
      return 'status' in outcome ? { ...base, response: outcome } : { ...base, failure: outcome };
    },
  };
  const request = { method, target: '/x', headers: [] };
  const session = { client, patience };
  const { exchange, earlier } = await sendPatiently(session, { request, danger, ...(expected && { expected }) });
  expect(earlier).toHaveLength(sent - 1);
  return [sent, exchange.response?.status ?? exchange.failure?.kind];
}

describe('what says nothing about the API is sent again, a limit four times and a broken connection once', () => {
  test('an unplanned 429', async () => {
    expect(await send([LIMITED, OK])).toEqual([2, 200]);
    expect(await send([LIMITED, LIMITED, OK], 'GET', 'read', [404])).toEqual([3, 200]);
    expect(await send([LIMITED])).toEqual([5, 429]);
  });

  test('a 503 that says when to come back', async () => {
    const busy: ResponseRecord = { ...LIMITED, status: 503 };
    expect(await send([busy, OK])).toEqual([2, 200]);
  });

  test('twice, a 503 that does not, as some limiters answer so, until it turns out that such an answer lasts', async () => {
    const busy: ResponseRecord = { ...LIMITED, status: 503, headers: [] };
    expect(await send([busy, busy, OK])).toEqual([3, 200]);
    expect(await send([busy, busy, busy, OK])).toEqual([3, 503]);
    expect(await send([busy, OK], 'GET', 'read', [503])).toEqual([1, 503]);
    const patience = createPatience(60_000);
    for (let each = 0; each < 3; each++) patience.noteBusy(true);
    expect(await send([busy, OK], 'GET', 'read', [404], patience)).toEqual([1, 503]);
    patience.noteBusy(false);
    expect(await send([busy, OK], 'GET', 'read', [404], patience)).toEqual([2, 200]);
  });

  test('but not a limit once all waiting is used up', async () => {
    expect(await send([LIMITED, OK], 'GET', 'read', [404], createPatience(0))).toEqual([1, 429]);
  });

  test('a 429 that is only one of several right answers', async () => {
    expect(await send([LIMITED, OK], 'GET', 'read', [401, 429])).toEqual([2, 200]);
  });

  test('a connection that was never there, whatever the request', async () => {
    expect(await send([UNREACHABLE, OK], 'POST', 'write')).toEqual([2, 200]);
  });

  test('a connection that broke, where a second request does no harm', async () => {
    expect(await send([CLOSED, OK])).toEqual([2, 200]);
    expect(await send([CLOSED, OK], 'DELETE', 'write')).toEqual([2, 200]);
    expect(await send([CLOSED, OK], 'POST', 'reject')).toEqual([2, 200]);
    expect(await send([CLOSED, CLOSED, OK])).toEqual([2, 'closed']);
  });
});

describe('everything else stands as it came', () => {
  test('the 429 that was asked for', async () => {
    expect(await send([LIMITED, OK], 'GET', 'load', [429])).toEqual([1, 429]);
  });

  test('a write that may have been carried out', async () => {
    expect(await send([CLOSED, OK], 'POST', 'write')).toEqual([1, 'closed']);
    expect(await send([CLOSED, OK], 'PATCH', 'write')).toEqual([1, 'closed']);
  });

  test('no answer in time', async () => {
    expect(await send([TIMEOUT, OK])).toEqual([1, 'timeout']);
  });
});
