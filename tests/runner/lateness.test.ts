import { expect, test } from 'vitest';
import type { Exchange } from '../../model/exchange.ts';
import { createLateness } from '../../runner/lateness.ts';
import { createPatience } from '../../runner/patience.ts';
import { sendPatiently } from '../../runner/send-patiently.ts';
import { failedExchange, sampleExchange } from '../judge/sample-exchange.ts';

const SILENCE = failedExchange('timeout', 'no response before the deadline of 50 ms');

/** What becomes of cases that are sent at once to a target that answers so, and how many of them were sent. */
async function sendAll(answer: Exchange, faults: (string | undefined)[], condition = 'slow-upstream' as const) {
  let sent = 0;
  const client = {
    sent: () => sent,
    async send(request: Exchange['request']): Promise<Exchange> {
      sent += 1;
      return { ...answer, request };
    },
  };
  const sender = { client, patience: createPatience(1000), lateness: createLateness('http://here') };
  const { request } = answer;
  const came = await Promise.all(
    faults.map((fault) =>
      sendPatiently(sender, { request, danger: 'fault', condition, ...(fault !== undefined && { fault }) }),
    ),
  );
  return { sent, kinds: came.map(({ exchange }) => exchange.failure?.code ?? exchange.response?.status) };
}

test('where one operation shows that a fault is slower than the deadline, the rest does not wait for it', async () => {
  const { sent, kinds } = await sendAll(SILENCE, Array(22).fill('switch 0'));
  expect(sent).toBe(1);
  expect(kinds).toEqual(['ECODE', ...Array(21).fill('ELATE')]);
});

test('another fault is another matter, and so is one that nobody shares', async () => {
  expect((await sendAll(SILENCE, ['switch 0', 'switch 1', undefined, undefined])).sent).toBe(4);
});

test('where it is answered, all are sent', async () => {
  expect(await sendAll(sampleExchange(504), Array(5).fill('driver'))).toEqual({ sent: 5, kinds: Array(5).fill(504) });
});
