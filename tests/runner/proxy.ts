import { Agent, createServer, type IncomingMessage, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Target } from '../../runner/session.ts';
import { perfectBody, perfectHeaders } from './answers.ts';

/** A request on its way through the proxy; `headers` as in `rawHeaders`, names and values by turns. */
export type Passing = { method: string; target: string; headers: string[]; body: Buffer };

/** An answer on its way back; `raw` is written in place of everything else. */
export type Back = {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer | string;
  raw?: string | Buffer;
};

/** What a proxy does to what passes through it; a request that is answered at once never reaches the target. */
export type Rules = {
  request?: (passing: Passing) => Passing | { answer: Back } | Promise<Passing | { answer: Back }>;
  answer?: (back: Back, passing: Passing) => Back | Promise<Back>;
};

/** What went through: the request as it came, the status it got, how many requests were under way with it, and when it came (ms). */
export type Passed = { method: string; target: string; status: number; under: number; at: number };

/** A running proxy, which stands for its target. */
export type Proxy = Target & { passed: Passed[]; close: () => Promise<void> };

/** A perfect error. */
export function perfect(status: number): Back {
  return { status, headers: perfectHeaders(status), body: perfectBody(status) };
}

/** The value of a header of a passing request. */
export function headerOf({ headers }: Passing, name: string): string | undefined {
  const at = headers.findIndex((each, index) => index % 2 === 0 && each.toLowerCase() === name);
  return at < 0 ? undefined : headers[at + 1];
}

/** A copy with one header set, in place of all that have its name. */
export function withHeader(passing: Passing, name: string, value: string): Passing {
  const kept: string[] = [];
  for (let index = 0; index < passing.headers.length; index += 2) {
    const [each = '', its = ''] = passing.headers.slice(index, index + 2);
    if (each.toLowerCase() !== name.toLowerCase()) kept.push(each, its);
  }
  return { ...passing, headers: [...kept, name, value] };
}

/** Puts a proxy before a target for the time that `work` takes. */
export async function withProxy<Result>(
  target: Target,
  rules: Rules,
  work: (proxy: Proxy) => Promise<Result>,
): Promise<Result> {
  const proxy = await startProxy(target, rules);
  try {
    return await work(proxy);
  } finally {
    await proxy.close();
  }
}

/** Starts a proxy before a target. */
async function startProxy(target: Target, rules: Rules): Promise<Proxy> {
  const { hostname, port, pathname: prefix } = new URL(target.url);
  const agent = new Agent({ keepAlive: true });
  const passed: Passed[] = [];
  let under = 0;
  const forward = (passing: Passing) =>
    new Promise<Back>((resolve, reject) => {
      const { method, target: path, headers, body } = passing;
      const upstream = send({ hostname, port, agent, method, path, headers: headers as never }, (answer) => {
        readAll(answer).then((content) => {
          const kept = Object.entries(answer.headers).filter(([name]) => !HOP.includes(name));
          resolve({
            status: answer.statusCode ?? 0,
            headers: Object.fromEntries(kept) as Back['headers'],
            body: content,
          });
        }, reject);
      });
      upstream.on('error', reject);
      upstream.end(body);
    });
  const server = createServer(async (request, response) => {
    under += 1;
    const seen: Passed = {
      method: request.method ?? '',
      target: request.url ?? '',
      status: 0,
      under,
      at: performance.now(),
    };
    passed.push(seen);
    response.on('close', () => {
      under -= 1;
    });
    let passing: Passing = { ...seen, headers: request.rawHeaders, body: await readAll(request) };
    passing = withHeader(passing, 'Connection', 'keep-alive');
    passing.target = passing.target.slice(prefix.length);
    const ruled = (await rules.request?.(passing)) ?? passing;
    const back = 'answer' in ruled ? ruled.answer : await forward({ ...ruled, target: `${prefix}${ruled.target}` });
    const final = (await rules.answer?.(back, passing)) ?? back;
    seen.status = final.status;
    if (final.raw !== undefined) return void request.socket.end(final.raw);
    // Node.js dates what nobody has dated.
    if (Array.isArray(final.headers.date)) response.sendDate = false;
    const length = String(Buffer.byteLength(final.body));
    response.writeHead(final.status, { 'content-length': length, ...final.headers });
    response.end(request.method === 'HEAD' ? undefined : final.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`;
  const close = async () => {
    agent.destroy();
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
  };
  return { ...target, url, passed, close };
}

/** What is about one connection only (RFC 9110 §7.6.1), and the length, which is set anew. */
const HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
