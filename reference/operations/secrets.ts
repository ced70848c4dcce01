import { createHash } from 'node:crypto';
import type { JsonObject } from '../request-body.ts';

const SECRETS = new Set([
  'access_token',
  'api_key',
  'auth_value',
  'aws_secret_access_key',
  'credentials',
  'jwt',
  'nkey_seed',
  'password',
  'secret_access_key',
  'shared_access_key',
]);

/** A copy in which every secret that is set is stars. */
export function maskSecrets(fields: JsonObject): JsonObject {
  const entries = Object.entries(fields);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, SECRETS.has(name) && typeof value === 'string' ? '**********' : value]),
  );
}

/** What is shown in the place of encrypted headers: how many, and a digest by which a change can be told. */
export function describeEncryptedHeaders(headers: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(headers)).digest('hex').slice(0, 8);
  return `(${Object.keys(headers ?? {}).length} encrypted header(s)) - sha256sum: ${digest}`;
}
