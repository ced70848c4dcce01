import type { Socket } from 'node:net';
import type { Framing } from '../model/exchange.ts';
import { type Address, connect, type Way } from './connect.ts';
import { startDeadline } from './deadline.ts';
import { advance, type Bounds, isFinal, type Phase, startWalk } from './message-end.ts';

/** Most that is kept of bytes behind a response. */
const MAX_AFTER_BYTES = 2048;

/** Longest message of a failure, in characters. */
const MAX_MESSAGE = 300;

/** Bounds of one exchange: its deadline, how long to wait for the server's close after the response, and sizes. */
export type WireLimits = Bounds & { timeoutMs: number; lingerMs: number };

/** What one connection brought. `message` is the response as far as it came, `after` what stood behind its end. */
export type Wire = {
  connected: boolean;
  message: Buffer;
  after: Buffer;
  phase: Phase;
  framing?: Framing;
  /** How reading ended: the message was over (or cut), the server closed, the connection broke, or time was up. */
  end: 'message' | 'closed' | 'failed' | 'deadline';
  error?: { code: string; message: string };
  /** From the request's first byte (from the start, when never connected) to the end of the response or of the wait. */
  ms: number;
};

/**
 * Opens a connection, writes `bytes`, reads one response and closes: nothing is ever sent on a used connection. Never
 * rejects. After a complete response it waits for the server's close, at most `lingerMs`, to see what else it writes:
 * on a pooled connection those bytes would become the answer to the next request.
 */
export function exchangeBytes(
  address: Address,
  way: Way,
  bytes: Buffer,
  toHead: boolean,
  limits: WireLimits,
): Promise<Wire> {
  return new Promise((resolve) => {
    const walk = startWalk(toHead, limits);
    const message = createTape();
    const after = createTape();
    const openedAt = performance.now();
    let sentAt: number | undefined;
    let endedAt: number | undefined;
    let linger: NodeJS.Timeout | undefined;
    let settled = false;
    const opened: Socket[] = [];

    function settle(end: Wire['end'], error?: NodeJS.ErrnoException): void {
      callOff();
      clearTimeout(linger);
      settled = true;
      for (const socket of opened) socket.destroy();
      // Settling twice is harmless: a promise keeps its first value.
      resolve({
        connected: sentAt !== undefined,
        message: message.bytes(),
        after: after.bytes(),
        phase: walk.phase,
        ...(walk.framing === undefined ? {} : { framing: walk.framing }),
        end: isFinal(walk.phase) ? 'message' : end,
        ...(error === undefined ? {} : { error: describeError(error) }),
        ms: (endedAt ?? performance.now()) - (sentAt ?? openedAt),
      });
    }

    function collectAfter(chunk: Buffer): void {
      after.add(chunk.subarray(0, MAX_AFTER_BYTES - after.size()));
      if (after.size() >= MAX_AFTER_BYTES) settle('message');
    }

    const callOff = startDeadline(limits.timeoutMs, () => {
      const what = sentAt === undefined ? 'no connection' : 'no response';
      const message = `${what} before the deadline of ${limits.timeoutMs} ms`;
      settle('deadline', Object.assign(new Error(message), { code: 'ETIMEDOUT' }));
    });
    const talk = (socket: Socket) => {
      if (settled) return;
      socket.on('data', (chunk: Buffer) => {
        if (endedAt !== undefined) return collectAfter(chunk);
        const used = advance(walk, chunk);
        // Of bytes that make no sense the whole chunk is kept, to be shown.
        message.add(walk.phase === 'broken' ? chunk : chunk.subarray(0, used));
        if (!isFinal(walk.phase)) return;
        endedAt = performance.now();
        if (walk.phase !== 'done') return settle('message');
        linger = setTimeout(() => settle('message'), limits.lingerMs);
        collectAfter(chunk.subarray(used));
      });
      socket.on('end', () => settle('closed'));
      socket.on('close', () => settle('closed'));
      socket.on('error', (error) => settle('failed', error));
      // A socket that a tunnel was asked for on was paused in between.
      socket.resume();
      sentAt = performance.now();
      // One write of all there is: libuv then always reads before it writes on, so that an answer which came before a reset
      // (an early 413, say) is taken up before the failing write closes the socket.
      socket.write(bytes);
    };
    const onSocket = (socket: Socket) => {
      // An error behind the deadline is nobody's.
      socket.on('error', () => {});
      if (settled) socket.destroy();
      opened.push(socket);
    };
    connect(address, way, onSocket).then(talk, (error) => settle('failed', error as NodeJS.ErrnoException));
  });
}

/** A growing buffer: doubles its room, so that many small chunks cost no more than one large one. */
function createTape() {
  let room = Buffer.alloc(0);
  let used = 0;
  return {
    size: () => used,
    bytes: () => room.subarray(0, used),
    add(chunk: Buffer): void {
      if (used + chunk.length > room.length) {
        const wider = Buffer.allocUnsafe(Math.max(1024, 2 * room.length, used + chunk.length));
        room.copy(wider, 0, 0, used);
        room = wider;
      }
      used += chunk.copy(room, used);
    },
  };
}

/**
 * Node gives no message for a name with several addresses when all of them fail; then theirs are joined. What OpenSSL says
 * is a line of its own source, with the reason apart. One bounded line, because a certificate's names may stand in it.
 */
function describeError(error: NodeJS.ErrnoException & { reason?: string }): { code: string; message: string } {
  const inner: unknown[] = error instanceof AggregateError ? error.errors : [];
  const messages = inner.map((each) => (each instanceof Error ? each.message : String(each)));
  const isOpenSsl = error.code?.startsWith('ERR_SSL_') && error.reason !== undefined;
  const message = isOpenSsl ? error.reason : error.message || messages.join('; ');
  return { code: error.code ?? 'UNKNOWN', message: showPlainly(message ?? '') };
}

function showPlainly(message: string): string {
  const line = message.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > MAX_MESSAGE ? `${line.slice(0, MAX_MESSAGE)}…` : line;
}
