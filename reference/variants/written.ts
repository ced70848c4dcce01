import { STATUS_CODES } from 'node:http';
import type { Alteration, RawAnswer } from '../alteration.ts';
import type { Answer } from '../message-bytes.ts';

/** How an answer is written; what is left out is as Node writes it. */
export type Writing = {
  version?: string;
  reason?: string;
  /** Bytes before the answer: interim answers. */
  before?: string;
  /** Writes a header line. */
  line?: (name: string, value: string) => string;
  /** What tells where the body ends, and the body with that. The length by default. */
  frame?: (body: Buffer) => { headers: Answer['headers']; body: Buffer };
  after?: RawAnswer['after'];
  piece?: number;
};

/** Writes every answer byte by byte, for what Node cannot be told to write. */
export function written(writing: Writing): NonNullable<Alteration['answer']> {
  return (answer, { method }) => write(answer, method, writing);
}

function write(answer: Answer, method: string, writing: Writing): RawAnswer {
  const { version = '1.1', reason = STATUS_CODES[answer.status] ?? '', before = '' } = writing;
  const { line = (name, value) => `${name}: ${value}`, frame = byLength, after = 'close', piece } = writing;
  const framed = frame(Buffer.from(answer.body));
  const own: Answer['headers'] = [
    ['date', new Date().toUTCString()],
    ['connection', 'close'],
  ];
  const headers = [...answer.headers, ...own, ...framed.headers].map(([name, value]) => `${line(name, value)}\r\n`);
  const head = `${before}HTTP/${version} ${answer.status} ${reason}\r\n${headers.join('')}\r\n`;
  const raw = Buffer.concat([Buffer.from(head, 'latin1'), method === 'HEAD' ? Buffer.alloc(0) : framed.body]);
  return piece === undefined ? { raw, after } : { raw, after, piece };
}

function byLength(body: Buffer): ReturnType<NonNullable<Writing['frame']>> {
  return { headers: [['content-length', String(body.length)]], body };
}
