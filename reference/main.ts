import { parseArgs } from 'node:util';
import { chooseAlteration, listAlterations } from './choose-alteration.ts';
import type { RateLimit } from './rate-limit.ts';
import { type ReferenceOptions, startReference } from './server.ts';

const USAGE =
  `[--port 4010] [--host 127.0.0.1] [--rate-limit CAPACITY:PER_SECOND] [--upstream-timeout MS] [--verbose] [--attended]
  [--mutant ID | --variant ID | --degenerate ID] [--list mutant|variant|degenerate]`.replace(/\s+/g, ' ');

try {
  const { attended, ...options } = await readOptions();
  const { close, ...reference } = await startReference(options);
  process.stdout.write(`${JSON.stringify(reference)}\n`);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    // Whoever attends to it has much to do there when a signal has come to the whole process group.
    if (attended) process.on(signal, () => {});
    else process.once(signal, () => void close().finally(() => process.exit(0)));
  }
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

async function readOptions(): Promise<ReferenceOptions & { attended: boolean }> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4010' },
      host: { type: 'string', default: '127.0.0.1' },
      'rate-limit': { type: 'string' },
      'upstream-timeout': { type: 'string' },
      verbose: { type: 'boolean', default: false },
      attended: { type: 'boolean', default: false },
      mutant: { type: 'string' },
      variant: { type: 'string' },
      degenerate: { type: 'string' },
      list: { type: 'string' },
    },
  });
  if (values.list !== undefined) {
    process.stdout.write(`${(await listAlterations(values.list)).join('\n')}\n`);
    process.exit(0);
  }
  // Whoever has started it holds its standard input: when that ends, nobody is there any more.
  if (values.attended) process.stdin.on('end', () => process.exit(0)).resume();
  const rateLimit = values['rate-limit'];
  const upstreamTimeout = values['upstream-timeout'];
  // Tokens come from the environment: other users of the machine can read a command line.
  // biome-ignore lint/plugin/environment: a program of its own, which has to know nothing of config/.
  const { REFERENCE_TOKEN: token, REFERENCE_ADMIN_TOKEN: adminToken } = process.env;
  return {
    attended: values.attended,
    host: values.host,
    port: readNumber('--port', values.port, 0, 65_535),
    ...(token && { token }),
    ...(adminToken && { adminToken }),
    ...(rateLimit !== undefined && { rateLimit: readRateLimit(rateLimit) }),
    ...(upstreamTimeout !== undefined && {
      upstreamTimeoutMs: readNumber('--upstream-timeout', upstreamTimeout, 1, 600_000),
    }),
    alteration: await chooseAlteration(values),
    ...(values.verbose && { log: (error: unknown) => console.error(error) }),
  };
}

function readRateLimit(text: string): RateLimit {
  const [capacity = '', perSecond = '', ...rest] = text.split(':');
  if (rest.length > 0) throw new Error(`--rate-limit must be CAPACITY:PER_SECOND, not ${text}.`);
  return {
    capacity: readNumber('--rate-limit CAPACITY', capacity, 1, 1e9),
    perSecond: readNumber('--rate-limit PER_SECOND', perSecond, 0.01, 1e9),
  };
}

function readNumber(flag: string, text: string, min: number, max: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= min && value <= max) return value;
  throw new Error(`${flag} must be a number from ${min} to ${max}, not ${JSON.stringify(text)}.`);
}

function explain(error: unknown): string {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is already taken; choose another with --port, or 0 for any.`;
  if (code?.startsWith('ERR_PARSE_ARGS')) return `${message.split('\n')[0]} Usage: tsx reference/main.ts ${USAGE}`;
  return message;
}
