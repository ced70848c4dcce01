import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../reference/main.ts', import.meta.url));

function run(args: string[], env: Record<string, string> = {}) {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], {
    env: { ...process.env, ...env },
  });
  const output = { stdout: '', stderr: '' };
  child.stderr?.on('data', (data) => (output.stderr += data));
  const ready = new Promise<void>((resolve) => {
    child.stdout?.on('data', (data) => {
      output.stdout += data;
      resolve();
    });
  });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, output, ready, exit };
}

it('prints one JSON line once it listens, takes tokens from the environment, and exits 0 on SIGTERM', async () => {
  const env = { REFERENCE_TOKEN: 'given-token', REFERENCE_ADMIN_TOKEN: 'given-admin-token' };
  const { child, output, ready, exit } = run(['--port', '0', '--rate-limit', '5:1', '--upstream-timeout', '50'], env);
  await ready;
  const line = JSON.parse(output.stdout);
  expect(output.stdout.match(/\n/g)).toHaveLength(1);
  expect(line).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api$/),
    token: 'given-token',
    adminToken: 'given-admin-token',
    restricted: '/sinks/internal',
  });
  const headers = { authorization: 'Bearer given-token' };
  expect((await fetch(`${line.url}/sinks`, { headers })).status).toBe(200);
  expect((await fetch(`${line.url}/sinks`, { headers: { ...headers, 'x-account': 'damaged' } })).status).toBe(500);
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
  expect(output.stderr).toBe('');
}, 30_000);

it.each([
  [['--colour'], /^Unknown option '--colour'/],
  [['--port', 'x'], /^--port must be a number/],
  [['--rate-limit', '5'], /^--rate-limit PER_SECOND must be a number/],
  [['--mutant', 'no-such'], /^--mutant "no-such" does not exist; --list mutant shows all/],
  [['--mutant', 'a', '--variant', 'b'], /^Only one of --mutant, --variant and --degenerate/],
  [['--list', 'x'], /^--list must be one of mutant, variant, degenerate/],
])(
  'explains %j in one line and exits 1',
  async (args, message) => {
    const { output, exit } = run(args);
    expect(await exit).toBe(1);
    expect(output.stdout).toBe('');
    expect(output.stderr).toMatch(message);
    expect(output.stderr.match(/\n/g)).toHaveLength(1);
  },
  30_000,
);

it('lists and serves seeded defects', async () => {
  const list = run(['--list', 'mutant']);
  expect(await list.exit).toBe(0);
  expect(list.output.stdout).toMatch(/^status-404-as-400 {2}\S/m);
  const { output, exit, child } = run(['--port', '0', '--mutant', 'status-404-as-400']);
  await expect.poll(() => output.stdout, { timeout: 20_000 }).toMatch(/\n/);
  const { url, token } = JSON.parse(output.stdout) as { url: string; token: string };
  const answer = await fetch(`${url}/sinks/no-such`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(400);
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
}, 60_000);

it('explains a taken port', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { output, exit } = run(['--port', String(port)]);
  expect(await exit).toBe(1);
  expect(output.stderr).toBe(`Port ${port} is already taken; choose another with --port, or 0 for any.\n`);
  server.close();
}, 30_000);
