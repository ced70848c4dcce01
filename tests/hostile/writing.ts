import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Altered } from '../../reference/alteration.ts';
import { withBody, withHeader } from '../../reference/altering.ts';
import { type Answer, toBytes } from '../../reference/message-bytes.ts';

/** Writes the same bytes over and over until the connection is gone. */
export function pour(socket: Socket, bytes: Buffer | string): void {
  socket.on('error', () => {});
  const more = () => void (socket.destroyed || !socket.writable || socket.write(bytes, more));
  more();
}

/** Writes byte by byte, each after a pause, and then closes. */
export async function drip(socket: Socket, bytes: Buffer, everyMs: number): Promise<void> {
  socket.on('error', () => {}).setNoDelay(true);
  for (const byte of bytes) {
    if (socket.destroyed) return;
    socket.write(Buffer.of(byte));
    await sleep(everyMs);
  }
  socket.end();
}

/** An answer written as these bytes; text stands for Latin-1. */
export function bytes(raw: Buffer | string, after?: 'close' | 'reset' | 'stay'): Altered {
  return { raw: typeof raw === 'string' ? Buffer.from(raw, 'latin1') : raw, ...(after && { after }) };
}

/** Bytes once, and other bytes over and over behind them. */
export function endless(first: Buffer | string, again: Buffer | string): Altered {
  return {
    takeOver: (socket) => {
      socket.write(first);
      pour(socket, again);
    },
  };
}

/** The bytes of an answer that ends with the connection. */
export function closing(answer: Answer): Buffer {
  return toBytes(withHeader(answer, 'connection', 'close'), '');
}

/** The bytes of an answer up to its body, with these header lines added; no length unless they say it. */
export function headOf(answer: Answer, lines = ''): string {
  const whole = closing(withHeader(withBody(answer, ''), 'content-length', '0')).toString('latin1');
  return whole.replace('content-length: 0\r\n', lines);
}

/** An answer with header lines put in as they are. */
export function withLines(answer: Answer, lines: string): string {
  return closing(answer)
    .toString('latin1')
    .replace('\r\n', () => `\r\n${lines}`);
}
