import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Question, type Reply, toLine } from './protocol.ts';
import { type Address, writeShared } from './run-directory.ts';

/** Answers a question about a cell; rejects never. */
export type Answerer = (question: { cell: string; attempt: string }) => Promise<Reply>;

/**
 * Listens for the workers of this run, on a socket in a directory that nobody else may enter; on Windows, where this is untested, on
 * a named pipe. Whoever does not begin with the secret is not heard.
 */
export async function serve(directory: string, answer: Answerer): Promise<Server> {
  const secret = randomBytes(32).toString('hex');
  const name = randomBytes(16).toString('hex');
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\ecc-${name}` : join(directory, 's');
  const server = createServer((socket) => hear(socket, secret, answer));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  const address: Address = { path, secret };
  writeShared(directory, 'runner.json', address);
  return server;
}

function hear(socket: Socket, secret: string, answer: Answerer): void {
  let isKnown = false;
  const lines = createInterface({ input: socket });
  // A worker that was ended takes its questions with it. The interface tells of an error of its input once more, as one of its own.
  for (const each of [socket, lines]) each.on('error', () => socket.destroy());
  let last: Promise<void> = Promise.resolve();
  lines.on('line', (line) => {
    const question = readQuestion(line);
    if (!question) return void socket.destroy();
    if ('secret' in question) {
      isKnown = isSame(question.secret, secret);
      return isKnown ? undefined : void socket.destroy();
    }
    if (!isKnown) return void socket.destroy();
    const reply = answer(question);
    last = last.then(async () => void socket.write(toLine(await reply)));
    return undefined;
  });
}

/** What a line asks; undefined for what no worker writes. */
function readQuestion(line: string): Question | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === 'object' ? (value as Question) : undefined;
  } catch {
    return undefined;
  }
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
