import { expect, test } from 'vitest';
import { pause } from '../../../exchange/pause.ts';
import { recover } from '../../../runner/faults/recover.ts';
import { createPatience } from '../../../runner/patience.ts';
import type { Session } from '../../../runner/session.ts';
import { sampleExchange } from '../../judge/sample-exchange.ts';
import { CONTRACT, LAW } from '../../judge/sample-law.ts';

test('an API that limits who asks too often has recovered once it is asked less often', async () => {
  let last = Number.NEGATIVE_INFINITY;
  // Each request that comes too early keeps the limit up.
  const send: Session['client']['send'] = async (_, options) => {
    await options?.turn?.();
    const isEarly = performance.now() - last < 220;
    last = performance.now();
    return isEarly ? sampleExchange(429, { headers: { 'Retry-After': '1' } }) : sampleExchange(200);
  };
  await send({ method: 'GET', target: '/', headers: [] });
  const session = { contract: CONTRACT, law: LAW, client: { send }, patience: createPatience(2000), pause };
  expect(await recover(session as unknown as Session, [], 1500)).toBeUndefined();
});
