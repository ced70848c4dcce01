import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { claimDirectory } from '../../config/claim-directory.ts';
import { ROOT } from '../integration/support.ts';
import { makeDirectory } from '../support/make-directory.ts';

/** A process of its own that claims a directory and says what came of it; it ends when its standard input does. */
async function claimElsewhere(directory: string) {
  const script = `
    import { claimDirectory } from './config/claim-directory.ts';
    console.log(claimDirectory(process.env.DIRECTORY ?? '') ?? 'taken');
    process.stdin.on('end', () => process.exit(0)).resume();`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: ROOT,
    env: { ...process.env, DIRECTORY: directory },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = await new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk) => resolve(String(chunk).trim())),
  );
  const end = (signal?: NodeJS.Signals) =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      if (signal) child.kill(signal);
      else child.stdin.end();
    });
  return { child, said, end };
}

describe('the directory of a report', () => {
  test('is one run’s until that ends', async () => {
    const directory = makeDirectory();
    const one = await claimElsewhere(directory);
    expect(one.said).toBe('taken');
    const two = await claimElsewhere(directory);
    expect(two.said).toMatch(new RegExp(`^process ${one.child.pid} has written there since \\d\\d:\\d\\d:\\d\\d UTC$`));
    await one.end();
    expect(readdirSync(directory)).toEqual([]);
    expect((await claimElsewhere(directory)).said).toBe('taken');
  });

  test('is nobody’s any more where that was killed, or has not been heard of, and where nothing can be read', async () => {
    const directory = makeDirectory();
    const one = await claimElsewhere(directory);
    await one.end('SIGKILL');
    const two = await claimElsewhere(directory);
    expect(two.said).toBe('taken');
    const past = new Date(Date.now() - 61_000);
    utimesSync(join(directory, '.in-use'), past, past);
    expect((await claimElsewhere(directory)).said).toBe('taken');
    const broken = makeDirectory();
    writeFileSync(join(broken, '.in-use'), '{');
    expect((await claimElsewhere(broken)).said).toBe('taken');
  });

  test('is that of another machine, whose processes cannot be seen, for a minute', () => {
    const directory = makeDirectory();
    const claim = { pid: 1, place: 'another machine', since: new Date().toISOString() };
    writeFileSync(join(directory, '.in-use'), JSON.stringify(claim));
    expect(claimDirectory(directory)).toMatch(/^process 1 has written there/);
    expect(readFileSync(join(directory, '.in-use'), 'utf8')).toBe(JSON.stringify(claim));
  });
});
