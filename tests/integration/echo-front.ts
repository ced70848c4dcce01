import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Target } from '../../runner/session.ts';
import { type Back, type Proxy as Before, type Passing, withProxy } from '../runner/proxy.ts';
import { SPELLINGS } from '../support/spellings.ts';

/** What an error comes as, by turns: a good answer mostly, and every way to make none of it. */
export const KINDS = [
  'slow',
  'no HTTP',
  'cut',
  'gzip',
  'gzip unannounced',
  'gzip broken',
  'UTF-16',
  'chunked',
  'page',
  'escaped',
  'references',
] as const;

/** Beside each of these so many ordinary errors. */
const EVERY = 4;

/** How many are waited for in vain: each takes as long as the deadline. */
const MOST_SLOW = 8;

/** A server that stands before another. */
export type Front = Before;

/** What a front knows to tell, how long it makes one wait at times, whether it lets anybody in, and the kinds of errors it has told. */
export type Talk = { secrets: string[]; cookie: string; slowMs: number; refuse?: boolean; told: Set<string> };

/** Puts a server before a target that answers with what the target says and with every secret there is, each in every spelling. */
export function withEchoFront<Result>(
  target: Target,
  talk: Talk,
  work: (front: Front) => Promise<Result>,
): Promise<Result> {
  let [answers, slow] = [0, 0];
  const all = [...talk.secrets, talk.cookie].flatMap((secret) =>
    Object.values(SPELLINGS).map((spell) => spell(secret)),
  );
  // Coprime to any length there may be, so that each stands in each place at some time.
  const pick = (count: number) =>
    Array.from({ length: count }, (_, index) => all[(answers * 101 + index * 7) % all.length]).join(' ');
  const rules = {
    answer: async (back: Back, passing: Passing): Promise<Back> => {
      answers += 1;
      const said = `${pick(9)} ${passing.headers.join(' ')} ${passing.body.toString('utf8').slice(0, 300)}`;
      const headers = { ...back.headers, 'x-echo': toHeader(pick(3)), 'set-cookie': `session=${talk.cookie}; Path=/` };
      const json = addTo(back.body, said);
      if (back.status < 400 && !talk.refuse) return { ...back, headers, body: json };
      const kind = talk.refuse || answers % EVERY !== 0 ? undefined : KINDS[(answers / EVERY) % KINDS.length];
      if (kind) talk.told.add(kind);
      if (kind === 'slow' && slow < MOST_SLOW) {
        slow += 1;
        await sleep(talk.slowMs);
      }
      return {
        ...back,
        raw: toRaw(talk.refuse ? 401 : back.status, toHeader(pick(1)), headers, json, kind, toHeader(pick(2))),
      };
    },
  };
  return withProxy(target, rules as never, work);
}

function addTo(body: Back['body'], said: string): string {
  try {
    const value = JSON.parse(String(body)) as Record<string, unknown>;
    return JSON.stringify('summary' in value ? { ...value, summary: said } : { ...value, said });
  } catch {
    return String(body);
  }
}

function toRaw(
  status: number,
  reason: string,
  headers: Back['headers'],
  json: string,
  kind: (typeof KINDS)[number] | undefined,
  behind: string,
): Buffer {
  if (kind === 'no HTTP')
    return Buffer.from(`HTTP/1.1 ${behind}\r\nSet-Cookie: ${headers['set-cookie']}\r\n\r\n${json}`);
  const { 'content-type': _, ...others } = headers;
  const all: [string, string | string[]][] = [
    ...Object.entries(others),
    ['content-type', kind === 'page' || kind === 'references' ? 'text/html' : 'application/json'],
  ];
  let body: Buffer = Buffer.from(json);
  if (kind === 'page') body = Buffer.from(`<h1>${json}</h1>`);
  // What JSON, or a browser, makes of it has no escapes any more.
  if (kind === 'escaped') body = Buffer.from(escapeStrings(json));
  if (kind === 'references')
    body = Buffer.from(`<h1>${json.replace(/[^<>]/gu, (each) => `&#${each.codePointAt(0)};`)}</h1>`);
  if (kind === 'gzip' || kind === 'gzip unannounced' || kind === 'gzip broken') body = gzipSync(body);
  if (kind === 'gzip broken') body = Buffer.concat([body.subarray(0, -8), Buffer.alloc(8)]);
  if (kind === 'gzip' || kind === 'gzip broken') all.push(['content-encoding', 'gzip']);
  if (kind === 'UTF-16') body = Buffer.from(body.toString('utf8'), 'utf16le');
  if (kind === 'chunked') {
    all.push(['transfer-encoding', 'chunked']);
    const chunks = [...body.toString('latin1').matchAll(/[\s\S]{1,7}/g)].map(
      ([each]) => `${each.length.toString(16)}\r\n${each}\r\n`,
    );
    body = Buffer.from(`${chunks.join('')}0\r\n\r\n`, 'latin1');
  } else all.push(['content-length', String(kind === 'cut' ? body.length + 10 : body.length)]);
  const fields = all.flatMap(([name, value]) => [value].flat().map((each) => `${name}: ${each}\r\n`));
  const head = Buffer.from(`HTTP/1.1 ${status} ${reason}\r\n${fields.join('')}\r\n`, 'latin1');
  return Buffer.concat([
    head,
    kind === 'cut' ? body.subarray(0, -7) : body,
    Buffer.from(kind === undefined ? behind : ''),
  ]);
}

/** The same JSON with every letter and digit of its strings written by number. */
function escapeStrings(json: string): string {
  const number = (each: string) =>
    /^\w$/.test(each) ? `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}` : each;
  return json.replace(/"(?:[^"\\]|\\.)*"/g, (string) => string.replace(/\\u.{4}|\\.|\w/g, number));
}

/** What may stand in a header: no line of its own, and no zeros; the rest goes as UTF-8 bytes. */
function toHeader(text: string): string {
  return Buffer.from(text.replace(/[\r\n\0]/g, ' ')).toString('latin1');
}

/** What a tunnel answers when it is asked for one, given its Proxy-Authorization; nothing lets it through. */
export type Gate = (authorization: string) => string | undefined;

/** A proxy that takes every tunnel to `port` on loopback, whatever host was asked for. */
export function withTunnel<Result>(port: number, gate: Gate, work: (port: number) => Promise<Result>): Promise<Result> {
  const server = createServer((socket) => {
    socket.once('data', (head) => {
      const refusal = gate(/^Proxy-Authorization: Basic (.*)\r$/m.exec(head.toString('latin1'))?.[1] ?? '');
      if (refusal !== undefined) return void socket.end(refusal);
      const upstream = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
      return join(socket, upstream);
    });
    socket.on('error', () => {});
  });
  return serve(server, work);
}

function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.end());
    from.pipe(to);
  }
}

async function serve<Result>(server: Server, work: (port: number) => Promise<Result>): Promise<Result> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work((server.address() as { port: number }).port);
  } finally {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}
