import { createRedaction } from '../exchange/redact.ts';
import { judgeExchange } from '../judge/judge.ts';
import { makeLaw } from '../judge/law.ts';
import { parseExactly } from '../judge/response-body.ts';
import { readSaid } from '../judge/said.ts';
import { maskVolatile } from '../judge/volatile.ts';
import type { Exchange, ResponseRecord } from '../model/exchange.ts';
import { inert } from '../reporters/markdown/inert.ts';
import { showBlock } from '../reporters/shared/visible-text.ts';
import { disarm } from '../suites/disarm.ts';
import { CONTRACT } from './run-in-process.ts';

/** How much text is read at a time, in characters. */
const LENGTH = 1024 * 1024;

/** What a server may write over and over to cost whoever reads it time: what patterns begin with, and what keeps them from an end. */
const PIECES = [
  ...['a', '1', ' ', '\n', '"', '\\"', '\\', '%', '&', '=', '/', '.', '-', ':', '::', '##', '{"a":', '[1,'],
  ...['at a (', 'at a() in ', '\n at a/b', 'goroutine ', '\n#1 a', '(a 1.1) lib/a', '%Aa.', "thread '"],
  ...['SELECT ', 'SELECT \n', 'select a.', 'UPDATE a ', 'relation "', '/home/a', '/usr/', 'C:\\a', 'lib/a'],
  ...[
    '10.1.',
    '127.0.0.1',
    'a.internal',
    'a.a',
    'TOKEN',
    'A_TOKEN=',
    'password: ',
    'a://a:',
    'eyJ',
    'Bearer ',
    'sk_live_',
  ],
  ...['\\u0065', '\\x65', '&#x65;', '=41', '0x41,', 'Zm9v\n', '41 ', '101,', 'é', '\u200b', '\ud800'],
];

const LAW = makeLaw(CONTRACT, ['contract', 'http', 'hygiene']);
const MATTER = {
  operation: 'getSink',
  status: 404,
  caseId: 'bench',
  provocation: 'bench',
  provenance: 'organic' as const,
};
const newRedactor = createRedaction({ token: 'canary-4af81c2e9d', adminToken: 'canary-admin-77b0de51' });

/** Everything that reads a whole text of a server's. */
const READERS: Record<string, (text: string) => unknown> = {
  redact: (text) => newRedactor().text(text, 'body'),
  judge: (text) => judgeExchange(answerWith(text), MATTER, LAW, {}),
  parse: (text) => parseExactly(answerWith(text).response as ResponseRecord),
  said: (text) => readSaid(answerWith(text)),
  mask: maskVolatile,
  disarm,
  show: showBlock,
  inert,
};

/** What takes longest: which reader, of which piece over and over, and how many seconds a megabyte of it takes. */
export type Slowest = { reader: string; piece: string; seconds: number };

/** Reads a megabyte of each piece with each reader, the least of two times each; yields the slowest. */
export function findSlowest(): Slowest {
  const all = Object.entries(READERS).flatMap(([reader, read]) =>
    PIECES.map((piece) => {
      const text = repeat(piece);
      return {
        reader,
        piece,
        seconds: Math.min(
          secondsOf(() => read(text)),
          secondsOf(() => read(text)),
        ),
      };
    }),
  );
  return all.reduce((slowest, each) => (each.seconds > slowest.seconds ? each : slowest));
}

/** How many seconds it takes to look at each character of a megabyte once, and that many times over. */
export function scanOnce(times: number): number {
  const text = repeat('a');
  let sum = 0;
  const seconds = secondsOf(() => {
    for (let round = 0; round < times; round++)
      for (let index = 0; index < text.length; index++) sum += text.charCodeAt(index);
  });
  if (sum === 0) throw new Error('Nothing was looked at.');
  return seconds / times;
}

function repeat(piece: string): string {
  return piece.repeat(Math.floor(LENGTH / piece.length));
}

function secondsOf(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return (performance.now() - startedAt) / 1000;
}

function answerWith(body: string): Exchange {
  const response: ResponseRecord = {
    status: 404,
    reason: 'Not Found',
    httpVersion: '1.1',
    headers: [['Content-Type', 'application/json']],
    body,
    bodyBytes: Buffer.byteLength(body),
    validUtf8: true,
    framing: 'content-length',
    complete: true,
    truncated: false,
    interim: [],
    bytesAfter: '',
  };
  const request = { method: 'GET', target: '/sinks/x', headers: [] };
  return { request, url: 'http://127.0.0.1/sinks/x', response, echoed: [], ms: 1 };
}
