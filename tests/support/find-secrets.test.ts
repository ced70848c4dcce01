import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { makeCanary, searchFor } from './find-secrets.ts';
import { SPELLINGS } from './spellings.ts';
import { readZip } from './unpack.ts';

const CANARY = makeCanary('can+', '/ary');
const SECRETS = { token: CANARY, other: makeCanary() };

/** A zip archive of one file, as the reporters make them: packed, its sizes in the directory. */
function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30 + name.length + 4);
  local.write('PK\x03\x04', 'latin1');
  local.writeUInt16LE(name.length, 26);
  local.writeUInt16LE(4, 28);
  local.write(name, 30);
  const central = Buffer.alloc(46 + name.length);
  central.write('PK\x01\x02', 'latin1');
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt16LE(name.length, 28);
  central.write(name, 46);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, central, end]);
}

const find = (bytes: string | Buffer) => searchFor(SECRETS, [{ name: 'file', bytes: Buffer.from(bytes) }]).hits;
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
const hex = (text: string) => Buffer.from(text).toString('hex');

describe('a planted secret is found', () => {
  test.each([
    ['plain', `x ${CANARY} y`],
    ['cut in half', `x ${CANARY.slice(0, 17)}`],
    ['in upper case', CANARY.toUpperCase()],
    ['in lower case', CANARY.toLowerCase()],
    ['in base64', base64(CANARY)],
    ['in base64, one byte in', base64(`x${CANARY}`)],
    ['in base64, two bytes in', base64(`xy${CANARY}z`)],
    ['in base64 for URLs', Buffer.from(CANARY).toString('base64url')],
    ['in hex', hex(CANARY)],
    ['in upper-case hex', hex(CANARY).toUpperCase()],
    ['with every byte percent-encoded', hex(CANARY).replace(/../g, '%$&')],
    ['in UTF-16', Buffer.from(CANARY, 'utf16le')],
    ['in base64 of UTF-16', base64(Buffer.from(CANARY, 'utf16le'))],
    ['in UTF-16 that was read as text', JSON.stringify([...CANARY].join('\0'))],
    ['in gzip', gzipSync(CANARY)],
    ['in a zip', zipOf('a.txt', Buffer.from(CANARY))],
    ['in a zip in a zip', zipOf('a.zip', zipOf('b.txt', Buffer.from(CANARY)))],
    ['in a zip in a page', `<script>x = "data:application/zip;base64,${base64(zipOf('a.txt', Buffer.from(CANARY)))}"`],
    ['in base64 in an attachment in base64', base64(`{"carried by the attachment": "${base64(CANARY)}"}`)],
    ['in gzip in base64 in JSON', JSON.stringify({ body: base64(gzipSync(`${'x'.repeat(9)}${CANARY}`)) })],
  ])('%s', (_, bytes) => {
    const hits = find(bytes);
    expect(hits.length).toBeGreaterThan(0);
    expect(new Set(hits.map(({ secret }) => secret))).toEqual(new Set(['token']));
  });
});

// Each as it is, in JSON, in JSON in JSON, and in a page in an attachment.
describe.each<[string, (text: string) => string]>([
  ['as it is', (text) => `<${text}>`],
  ['in JSON', (text) => JSON.stringify({ text })],
  ['in JSON in JSON', (text) => JSON.stringify(JSON.stringify({ text }))],
  ['in an attachment', (text) => JSON.stringify({ body: base64(`<p>${'x'.repeat(50)}${JSON.stringify(text)}</p>`) })],
])('a secret is found, whatever way it is written in, %s', (_, put) => {
  test.each(Object.entries(SPELLINGS))('%s', (_name, spell) => {
    for (const around of ['', 'x', 'xy']) {
      const hits = find(put(`${around}${spell(`${around}${CANARY}`)}`));
      expect(hits.length).toBeGreaterThan(0);
      expect(new Set(hits.map(({ secret }) => secret))).toEqual(new Set(['token']));
    }
  });
});

test.each(Object.entries(SPELLINGS))('nothing is found in what is another secret %s', (_, spell) => {
  expect(find(JSON.stringify(spell(makeCanary('can+', '/ary'))))).toEqual([]);
});

test('nothing is found where nothing is', () => {
  expect(find(zipOf('a.txt', Buffer.from(makeCanary())))).toEqual([]);
  expect(find('')).toEqual([]);
});

test('what was searched is counted', () => {
  const page = Buffer.from(base64(zipOf('a.txt', Buffer.from('x'.repeat(100)))));
  const search = searchFor(SECRETS, [{ name: 'page', bytes: page }]);
  expect(search).toMatchObject({ files: 1, pieces: 3, hits: [] });
  expect(search.bytes).toBeGreaterThan(page.length + 100);
});

test('an archive that cannot be opened is no clean one', () => {
  expect(() => readZip(Buffer.from('PK\x03\x04 and no more'))).toThrow('the zip archive has no directory');
});
