import { expect, test } from 'vitest';
import { createClient } from '../../exchange/client.ts';
import { createPace } from '../../exchange/pace.ts';
import { withServer } from '../runner/answers.ts';

test('no second sees more requests than allowed, however many are waiting, and all of them are sent', async () => {
  const arrivals: number[] = [];
  await withServer(
    (_, response) => {
      arrivals.push(performance.now());
      response.writeHead(204).end();
    },
    async ({ url, token }) => {
      const client = createClient({
        baseUrl: url,
        secrets: { token },
        timeoutMs: 5000,
        concurrency: 8,
        pace: createPace(20),
      });
      const request = { method: 'GET', target: '/sinks', headers: [] };
      await Promise.all(Array.from({ length: 30 }, () => client.send(request)));
    },
  );
  expect(arrivals).toHaveLength(30);
  // Thirty requests at twenty a second: a machine that is late makes the span longer, never shorter.
  const span = Math.max(...arrivals) - Math.min(...arrivals);
  expect(span).toBeGreaterThan(1300);
  const within = arrivals.map((start) => arrivals.filter((at) => at >= start && at < start + 500).length);
  expect(Math.max(...within)).toBeLessThanOrEqual(13);
});
