import { request as httpRequest } from 'node:http';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { fillPlaceholders } from '../exchange/placeholders.ts';
import { lookUpDocumented } from '../judge/documented.ts';
import type { RequestSpec } from '../model/exchange.ts';
import { bundleSchema } from '../schemas/bundle-schema.ts';
import type { Contract } from '../schemas/contract.ts';

/** The least that could be done with the same requests: send each on a connection of its own, validate what came. */
export async function runBareLoop(
  contract: Contract,
  requests: RequestSpec[],
  target: { url: string; secrets: Record<string, string>; concurrency: number },
): Promise<{ ms: number; valid: number }> {
  const ajv = new Ajv2020();
  const documentedFor = lookUpDocumented(contract);
  const validators = new Map(
    contract.statuses.map((status) => {
      const { schema = {} } = documentedFor({ operation: '', status });
      return [status, ajv.compile(bundleSchema(schema))];
    }),
  );
  const queue = requests.values();
  let valid = 0;
  const startedAt = performance.now();
  const work = async () => {
    for (const request of queue) if (await sendAndValidate(request, target, validators)) valid += 1;
  };
  await Promise.all(Array.from({ length: target.concurrency }, work));
  return { ms: performance.now() - startedAt, valid };
}

function sendAndValidate(
  spec: RequestSpec,
  { url, secrets }: { url: string; secrets: Record<string, string> },
  validators: ReadonlyMap<number, ValidateFunction>,
): Promise<boolean> {
  const { protocol, hostname, port, pathname } = new URL(url);
  const body =
    spec.body && ('text' in spec.body ? Buffer.from(spec.body.text) : Buffer.from(spec.body.base64, 'base64'));
  const headers = spec.headers.flatMap(([name, value]) => [name, fillPlaceholders(value, secrets)]);
  if (body) headers.push('Content-Length', String(body.length));
  headers.push('Host', `${hostname}:${port}`, 'Connection', 'close');
  const path = pathname + fillPlaceholders(spec.target, secrets);
  return new Promise((resolve) => {
    const request = httpRequest(
      { protocol, hostname, port, method: spec.method, path, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', () => resolve(false));
        response.on('end', () => {
          const validate = validators.get(response.statusCode ?? 0);
          try {
            resolve(validate === undefined || validate(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
          } catch {
            resolve(false);
          }
        });
      },
    );
    request.on('error', () => resolve(false));
    request.end(body);
  });
}
