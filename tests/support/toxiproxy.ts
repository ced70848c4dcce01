import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Address } from '../../reference/upstreams.ts';
import { startStandIn } from './toxiproxy-stand-in.ts';

/** Where `.ci/run` builds it. */
const BUILT = fileURLToPath(new URL('../../.tools/toxiproxy-server', import.meta.url));

/** Toxiproxy's server on this machine: as TOXIPROXY_SERVER says, on the PATH, or as CI has built it; undefined when there is none. */
function findServer(): string | undefined {
  const named = process.env.TOXIPROXY_SERVER;
  const onPath = spawnSync('sh', ['-c', 'command -v toxiproxy-server'], { encoding: 'utf8' }).stdout.trim();
  return [named, onPath, BUILT].find((path) => path && existsSync(path));
}

const server = findServer();

/** Which Toxiproxies there are to test with, for the names of tests: the stand-in always, the real one where it is installed. */
export const TOXIPROXIES: string[] = server === undefined ? ['a stand-in'] : ['a stand-in', 'the real server'];

/** A running Toxiproxy. */
export type Toxiproxy = {
  url: string;
  /** Makes a proxy before an upstream; yields where it listens. */
  addProxy(name: string, upstream: Address): Promise<Address>;
  /** Whether the proxy is enabled, and the names of its toxics. */
  look(name: string): Promise<{ enabled: boolean; toxics: string[] }>;
};

/** Runs a Toxiproxy, one of TOXIPROXIES, for the time that `work` takes. */
export async function withToxiproxy<Result>(
  kind: string,
  work: (toxiproxy: Toxiproxy) => Promise<Result>,
): Promise<Result> {
  const { url, close } = kind === 'a stand-in' ? await startStandIn() : await startServer();
  const call = async (path: string, body?: object) => {
    const response = await fetch(url + path, body ? { method: 'POST', body: JSON.stringify(body) } : {});
    return (await response.json()) as { listen: string; enabled: boolean; toxics: { name: string }[] };
  };
  try {
    return await work({
      url,
      addProxy: async (name, { host, port }) => {
        const { listen } = await call('/proxies', { name, listen: '127.0.0.1:0', upstream: `${host}:${port}` });
        const [, chosen] = /:(\d+)$/.exec(listen) ?? [];
        return { host: '127.0.0.1', port: Number(chosen) };
      },
      look: async (name) => {
        const { enabled, toxics } = await call(`/proxies/${name}`);
        return { enabled, toxics: toxics.map((toxic) => toxic.name) };
      },
    });
  } finally {
    await close();
  }
}

async function startServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const port = await freePort();
  const child = spawn(server ?? '', ['-host', '127.0.0.1', '-port', String(port)], { stdio: 'ignore' });
  const gone = new Promise((resolve) => child.on('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  for (let looks = 0; !(await fetch(`${url}/version`).catch(() => undefined))?.ok; looks++) {
    if (looks > 200 || child.exitCode !== null) throw new Error('Toxiproxy does not start.');
    await sleep(50);
  }
  const close = async () => {
    child.kill('SIGTERM');
    await gone;
  };
  return { url, close };
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
