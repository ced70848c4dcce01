import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type Question, type Reply, toLine } from './protocol.ts';
import { type Address, readShared } from './run-directory.ts';

type Line = { ask(question: Question): Promise<Reply> };

let line: Promise<Line> | undefined;

/** Asks the runner for a cell and waits for what came of it; rejects when the runner is gone. */
export async function ask(cell: string, attempt: string): Promise<Reply> {
  line ??= open();
  return (await line).ask({ cell, attempt });
}

/** One connection for each worker; its questions are answered in the order in which they were asked. */
async function open(): Promise<Line> {
  const address = readShared<Address>('runner.json');
  if (!address) throw new Error('The runner of this run is not there; the global set-up starts it.');
  const socket = connect(address.path);
  // A worker that has nothing more to ask must be able to end.
  socket.unref();
  const waiting: { resolve(reply: Reply): void; reject(error: Error): void }[] = [];
  const fail = () => {
    for (const each of waiting.splice(0)) each.reject(new Error('The runner ended before it had answered.'));
  };
  socket.on('error', fail).on('close', fail);
  const lines = createInterface({ input: socket });
  // It tells of an error of its input once more, as one of its own.
  lines.on('error', fail).on('line', (text) => waiting.shift()?.resolve(JSON.parse(text) as Reply));
  await connected(socket);
  socket.write(toLine({ secret: address.secret }));
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        socket.ref();
        waiting.push({
          resolve: (reply) => {
            if (waiting.length === 0) socket.unref();
            resolve(reply);
          },
          reject,
        });
        socket.write(toLine(question), (error) => error && fail());
      }),
  };
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', (error) => reject(new Error(`The runner cannot be reached: ${error.message}`)));
  });
}
