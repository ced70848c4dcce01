import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A key and its certificate, as PEM texts and as files. */
export type Pair = { key: string; cert: string; keyFile: string; certFile: string };

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const LOOPBACK = 'subjectAltName=DNS:localhost,DNS:api.test,IP:127.0.0.1,IP:::1';

/** A certificate for localhost and loopback that nobody has signed; made anew, so that no key lies in the repository. */
export function makeSelfSigned(): Pair {
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  return request(makeFolder(), 'self', ['-x509', '-days', '2', ...names]);
}

/** A private certificate authority with certificates signed by it: for loopback, for a client, and two that are no good. */
export function makeAuthority(
  folder = makeFolder(),
): Record<'authority' | 'server' | 'client' | 'expired' | 'misnamed', Pair> {
  return {
    authority: request(folder, 'authority', ['-x509', '-days', '2', '-subj', '/CN=Test authority']),
    server: sign(folder, 'server', LOOPBACK),
    client: sign(folder, 'client', 'extendedKeyUsage=clientAuth'),
    expired: sign(folder, 'expired', LOOPBACK, '-1'),
    misnamed: sign(folder, 'misnamed', 'subjectAltName=DNS:other.test'),
  };
}

/** A folder that is gone when the test is over. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tls-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function request(folder: string, name: string, options: string[]): Pair {
  const [keyFile, certFile] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  execFileSync('openssl', ['req', ...KEY, '-keyout', keyFile, '-out', certFile, ...options], { stdio: 'ignore' });
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8'), keyFile, certFile };
}

function sign(folder: string, name: string, extension: string, days = '2'): Pair {
  const { key, keyFile, certFile: csr } = request(folder, name, ['-subj', `/CN=${name}`]);
  const [signed, extensions] = [join(folder, `${name}-signed.pem`), join(folder, `${name}.ext`)];
  writeFileSync(extensions, extension);
  const authority = ['-CA', join(folder, 'authority.pem'), '-CAkey', join(folder, 'authority.key'), '-CAcreateserial'];
  const options = ['x509', '-req', '-in', csr, ...authority, '-days', days, '-extfile', extensions, '-out', signed];
  execFileSync('openssl', options, { stdio: 'ignore' });
  return { key, cert: readFileSync(signed, 'utf8'), keyFile, certFile: signed };
}
