import { STATUS_CODES } from 'node:http';

/** An answer before it is written. Content-Length is added when no header says how long the body is. */
export type Answer = { status: number; headers: [name: string, value: string][]; body: Buffer | string };

/** The bytes of an answer (RFC 9112 §2.1); one to HEAD has no body, and the length that it would have. */
export function toBytes(answer: Answer, method: string, version = '1.1'): Buffer {
  const lines = withLength(answer).map(([name, value]) => `${name}: ${value}\r\n`);
  const start = `HTTP/${version} ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`;
  const head = Buffer.from(`${start}\r\n${lines.join('')}\r\n`, 'latin1');
  return method === 'HEAD' ? head : Buffer.concat([head, Buffer.from(answer.body)]);
}

/** The headers of an answer, with the length of its body unless they say it already. */
export function withLength({ headers, body }: Answer): Answer['headers'] {
  const isSaid = headers.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name));
  return isSaid ? headers : [...headers, ['content-length', String(Buffer.byteLength(body))]];
}
