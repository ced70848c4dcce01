import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SettingsError } from '../../config/settings-error.ts';
import { checkBlob } from '../../reporters/check-blob.ts';
import { makeZip } from '../support/make-zip.ts';

const directory = mkdtempSync(join(tmpdir(), 'blob-'));
afterAll(() => rmSync(directory, { recursive: true }));

const EVENTS = { name: 'report.jsonl', data: '{"method":"onBegin"}\n{"method":"onEnd"}\n' };
const ZEROS = Buffer.alloc(64 * 1024 * 1024);

function check(bytes: Buffer): Promise<void> {
  const path = join(directory, 'a.zip');
  writeFileSync(path, bytes);
  return checkBlob(path, 'a.zip');
}

describe('a blob', () => {
  test('is taken as its shard wrote it', async () => {
    await check(makeZip([EVENTS, { name: 'resources/', data: '' }, { name: 'resources/1.json', data: '{}' }]));
  });

  test.each([
    ['bytes without an end', Buffer.from('PK\x03\x04'), /is no whole \.zip file/],
    ['junk with an end', Buffer.from('junk PK\x05\x06 junk'), /can be unpacked/],
    ['no events', makeZip([{ name: 'other.txt', data: 'x' }]), /holds no report\.jsonl/],
    ['no JSON', makeZip([{ ...EVENTS, data: '{"method":"onBegin"}\nnonsense' }]), /in line 2 of its report\.jsonl/],
    [
      'events that nest without an end',
      makeZip([{ ...EVENTS, data: `{"method":"onBegin","params":${'['.repeat(100_000)}${']'.repeat(100_000)}}` }]),
      /holds more than 200 values within each other/,
    ],
    ['JSON that is no event', makeZip([{ ...EVENTS, data: 'null' }]), /in line 1 of its report\.jsonl/],
    [
      'a name that climbs',
      makeZip([EVENTS, { name: '../../x', data: 'x' }]),
      /can be unpacked \(invalid relative path/,
    ],
    ['a name that is absolute', makeZip([EVENTS, { name: '/etc/x', data: 'x' }]), /can be unpacked \(absolute path/],
    [
      'an entry that unfolds to more than it says',
      makeZip([EVENTS, { name: 'a', data: ZEROS, declared: 10 }]),
      /can be unpacked/,
    ],
    [
      'a bomb',
      makeZip([EVENTS, ...['a', 'b', 'c', 'd'].map((name) => ({ name, data: ZEROS }))]),
      /unfolds to more than 256 MB/,
    ],
    ['bytes that are damaged', damaged(), /can be unpacked/],
  ])('is refused in one sentence where it is %s', async (_, bytes, sentence) => {
    const error = await check(bytes).then(
      () => undefined,
      (each: unknown) => each,
    );
    expect(error).toBeInstanceOf(SettingsError);
    expect((error as Error).message).toMatch(/^"a\.zip" [^\n]*; expected a blob as its shard wrote it\.$/);
    expect((error as Error).message).toMatch(sentence);
  });
});

/** An archive of which some bytes of the first entry's data are others. */
function damaged(): Buffer {
  const bytes = makeZip([{ ...EVENTS, data: EVENTS.data.repeat(50) }]);
  bytes.fill(0xff, 45, 60);
  return bytes;
}
