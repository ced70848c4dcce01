import { describe, expect, test } from 'vitest';
import { putFault, takeFault } from '../../exchange/toxiproxy.ts';
import type { ToxiproxyFault } from '../../plan/case.ts';
import { askUpstream, startAnsweringUpstream } from '../../reference/upstreams.ts';
import { withServer } from '../runner/answers.ts';
import { TOXIPROXIES, withToxiproxy } from '../support/toxiproxy.ts';

const NAME = 'ecc-fault-0';

function toxicOf(url: string, type: string, attributes: Record<string, number>): ToxiproxyFault {
  return { url, proxy: 'storage', toxic: { type, stream: 'downstream', toxicity: 1, attributes } };
}

function withStream(fault: ToxiproxyFault, stream: 'upstream'): ToxiproxyFault {
  return { ...fault, ...(fault.toxic && { toxic: { ...fault.toxic, stream } }) };
}

/** What a question through the proxy comes to before, while and after a fault is on, and how the proxy then looks. */
function watch(kind: string, faultAt: (url: string) => ToxiproxyFault): Promise<unknown> {
  return withToxiproxy(kind, async (toxiproxy) => {
    const upstream = await startAnsweringUpstream('a long answer');
    const address = await toxiproxy.addProxy('storage', upstream.address);
    const ask = async () => {
      const { outcome, answer } = await askUpstream(address, Buffer.from('?'), 1000);
      return answer === '' ? outcome : answer;
    };
    const before = await ask();
    await putFault(faultAt(toxiproxy.url), NAME);
    const during = await ask();
    await takeFault(faultAt(toxiproxy.url), NAME);
    // Off already: no error.
    await takeFault(faultAt(toxiproxy.url), NAME);
    const seen = [before, during, await ask(), await toxiproxy.look('storage')];
    await upstream.close();
    return seen;
  });
}

describe.each(TOXIPROXIES)('a fault by Toxiproxy (%s)', (kind) => {
  test.each<[string, string, (url: string) => ToxiproxyFault]>([
    ['nothing comes back', 'timeout', (url) => toxicOf(url, 'timeout', { timeout: 0 })],
    ['nothing gets there', 'timeout', (url) => withStream(toxicOf(url, 'timeout', { timeout: 0 }), 'upstream')],
    ['too late', 'timeout', (url) => toxicOf(url, 'latency', { latency: 5000 })],
    ['reset', 'closed', (url) => toxicOf(url, 'reset_peer', { timeout: 0 })],
    ['cut in the middle', 'a lo', (url) => toxicOf(url, 'limit_data', { bytes: 4 })],
    ['refused', 'refused', (url) => ({ url: `${url}/`, proxy: 'storage', cut: true })],
  ])('%s while it is on, and never else', async (_, outcome, faultAt) => {
    const untouched = { enabled: true, toxics: [] };
    expect(await watch(kind, faultAt)).toEqual(['a long answer', outcome, 'a long answer', untouched]);
  });

  test('that an earlier run has left is replaced', () =>
    withToxiproxy(kind, async ({ url, addProxy, look }) => {
      await addProxy('storage', { host: '127.0.0.1', port: 9 });
      await putFault(toxicOf(url, 'latency', { latency: 1 }), NAME);
      await putFault(toxicOf(url, 'timeout', { timeout: 0 }), NAME);
      expect(await look('storage')).toEqual({ enabled: true, toxics: [NAME] });
    }));

  test('that cannot be: says why', () =>
    withToxiproxy(kind, async ({ url, addProxy }) => {
      await addProxy('storage', { host: '127.0.0.1', port: 9 });
      const strange = { ...toxicOf(url, 'timeout', {}), proxy: 'nobody' };
      const invalid = toxicOf(url, 'no_such_toxic', {});
      await expect(putFault(strange, NAME)).rejects.toThrow(
        `Toxiproxy at ${url} answered 404 for the proxy "nobody": proxy not found`,
      );
      await expect(putFault(invalid, NAME)).rejects.toThrow(
        `Toxiproxy at ${url} answered 400 for the proxy "storage": invalid toxic type`,
      );
    }));
});

if (TOXIPROXIES.length === 1)
  test.skip('the real server of Toxiproxy is not here (TOXIPROXY_SERVER names it)', () => {});

test('a Toxiproxy that is not there, or is something else, is named', async () => {
  const gone = await withToxiproxy('a stand-in', async ({ url }) => url);
  await expect(putFault(toxicOf(gone, 'timeout', {}), NAME)).rejects.toThrow(
    `Toxiproxy at ${gone} cannot be reached: ECONNREFUSED`,
  );
  await withServer(
    (_, response) => response.writeHead(500).end('<html>'),
    async ({ url }) => {
      const at = new URL(url).origin;
      await expect(takeFault({ url: at, proxy: 'a b', cut: true }, NAME)).rejects.toThrow(
        `Toxiproxy at ${at} answered 500 for the proxy "a b"`,
      );
    },
  );
});
