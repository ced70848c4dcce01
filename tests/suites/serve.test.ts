import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { ask } from '../../suites/ask.ts';
import { type Reply, toLine } from '../../suites/protocol.ts';
import type { Address } from '../../suites/run-directory.ts';
import { serve } from '../../suites/serve.ts';

const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function listen() {
  const directory = mkdtempSync(join(tmpdir(), 'ecc-test-'));
  const asked: string[] = [];
  const server = await serve(directory, async ({ cell, attempt }): Promise<Reply> => {
    asked.push(`${cell} ${attempt}`);
    return { status: 'passed', message: cell, enclosures: [] };
  });
  ends.push(() => {
    server.close();
    rmSync(directory, { recursive: true });
  });
  const address = JSON.parse(readFileSync(join(directory, 'runner.json'), 'utf8')) as Address;
  return { directory, asked, address };
}

/** What comes back for some lines before the connection ends, or once there is as much as is waited for. */
function talk(path: string, lines: string[], wanted = Number.POSITIVE_INFINITY): Promise<string[]> {
  return new Promise((resolve) => {
    const socket = connect(path, () => socket.write(lines.join('')));
    const heard: string[] = [];
    createInterface({ input: socket }).on('line', (line) => {
      heard.push(line);
      if (heard.length === wanted) socket.end();
    });
    socket.on('error', () => {}).on('close', () => resolve(heard));
  });
}

const question = toLine({ cell: 'listSinks 401', attempt: '0.0' });

test('whoever knows the secret is answered, in the order of the questions', async () => {
  const { address, asked } = await listen();
  const other = toLine({ cell: 'getSink 404', attempt: '0.1' });
  const heard = await talk(address.path, [toLine({ secret: address.secret }), question, other], 2);
  expect(heard.map((line) => (JSON.parse(line) as Reply).message)).toEqual(['listSinks 401', 'getSink 404']);
  expect(asked).toEqual(['listSinks 401 0.0', 'getSink 404 0.1']);
});

test('a worker that is ended before it has read its answer ends nothing else', async () => {
  const { address } = await listen();
  const socket = connect(address.path, () => socket.write(toLine({ secret: address.secret }) + question));
  socket.pause();
  await sleep(50);
  socket.destroy();
  await sleep(50);
  expect(await talk(address.path, [toLine({ secret: address.secret }), question], 1)).toHaveLength(1);
});

test.each(['no JSON', 'null', '1', '{"cell":'])('what no worker writes ends the connection: %s', async (line) => {
  const { address } = await listen();
  expect(await talk(address.path, [`${line}\n`, question])).toEqual([]);
});

test.each([
  ['says nothing of it', []],
  ['has a wrong one', [toLine({ secret: 'x'.repeat(64) })]],
  ['has none', [toLine({ secret: '' })]],
])('whoever %s is not heard', async (_, before) => {
  const { address, asked } = await listen();
  expect(await talk(address.path, [...before, question])).toEqual([]);
  expect(asked).toEqual([]);
});

test('the secret and the socket are for this user only, and the path fits everywhere', async () => {
  const { directory, address } = await listen();
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(statSync(join(directory, 'runner.json')).mode & 0o777).toBe(0o600);
  expect(Buffer.byteLength(address.path)).toBeLessThanOrEqual(100);
  expect(address.secret).toMatch(/^[0-9a-f]{64}$/);
});

test('a worker asks over one connection and waits', async () => {
  const { directory } = await listen();
  process.env.ECC_RUN_DIRECTORY = directory;
  ends.push(() => delete process.env.ECC_RUN_DIRECTORY);
  const replies = await Promise.all(['a', 'b', 'c'].map((cell) => ask(cell, '0.0')));
  expect(replies.map(({ message }) => message)).toEqual(['a', 'b', 'c']);
});
