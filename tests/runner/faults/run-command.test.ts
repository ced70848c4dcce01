import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { runCommand } from '../../../runner/faults/run-command.ts';

const directory = mkdtempSync(join(tmpdir(), 'command-'));
const file = join(directory, 'out');
const node = (code: string, ...args: string[]) => [process.execPath, '-e', code, ...args];
const write = "require('node:fs').writeFileSync(process.argv[1], JSON.stringify(process.argv.slice(2)))";

afterEach(() => {
  rmSync(file, { force: true });
  vi.unstubAllEnvs();
});
afterAll(() => rmSync(directory, { recursive: true }));

test('a command gets its arguments as they are: there is no shell', async () => {
  await runCommand(node(write, file, '$HOME', '; exit 1', 'a b'), 60_000, () => {});
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(['$HOME', '; exit 1', 'a b']);
});

test('a command does not learn the token', async () => {
  for (const name of ['API_TOKEN', 'API_ADMIN_TOKEN', 'EMBEDDED_TOKEN', 'CONFORMANCE_HEADERS'])
    vi.stubEnv(name, 'canary');
  vi.stubEnv('DOCKER_HOST', 'kept');
  const code = "require('node:fs').writeFileSync(process.argv[1], JSON.stringify(process.env))";
  await runCommand(node(code, file), 60_000, () => {});
  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain('canary');
  expect(JSON.parse(text)).toMatchObject({ DOCKER_HOST: 'kept', PATH: process.env.PATH });
});

test('a command that fails says how in one line', async () => {
  const failing = node('console.error("first"); console.error("no such container"); process.exit(3)');
  await expect(runCommand(failing, 60_000, () => {})).rejects.toThrow(/" ended with exit code 3: no such container$/);
  await expect(runCommand(['no-such-program-here'], 60_000, () => {})).rejects.toThrow(
    'the command "no-such-program-here" could not be started (spawn no-such-program-here ENOENT)',
  );
});

test('a command is killed after its deadline, with all that it has started', async () => {
  const grandchild = `setInterval(() => require('node:fs').appendFileSync(${JSON.stringify(file)}, 'x'), 20)`;
  const code = `require('node:child_process').spawn(process.execPath, ['-e', process.argv[1]]); setInterval(() => {}, 1000)`;
  const groups: number[] = [];
  const running = runCommand(node(code, grandchild), 3000, (group) => groups.push(group));
  await expect(running).rejects.toThrow('was killed, because it took longer than 3000 ms');
  expect(groups).toHaveLength(1);
  await sleep(200);
  writeFileSync(file, '');
  await sleep(300);
  expect(readFileSync(file, 'utf8')).toBe('');
});

test('what a command leaves running is not waited for', async () => {
  const late = `setTimeout(() => { console.error('late'); require('node:fs').writeFileSync(${JSON.stringify(file)}, 'late') }, 1000)`;
  const code = `require('node:child_process').spawn(process.execPath, ['-e', process.argv[1]], { stdio: 'inherit' }).unref()`;
  await runCommand(node(code, late), 60_000, () => {});
  expect(existsSync(file)).toBe(false);
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toBe('late'), 30_000);
});
