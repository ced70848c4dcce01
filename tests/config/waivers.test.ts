import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SettingsError } from '../../config/settings-error.ts';
import { findWaivers, loadWaivers } from '../../config/waivers.ts';
import { makeDirectory } from '../support/make-directory.ts';

function saved(text: string): string {
  const directory = makeDirectory();
  writeFileSync(join(directory, 'waivers.yaml'), text);
  return join(directory, 'waivers.yaml');
}

describe('the file that is read', () => {
  const apiUrl = 'https://api.example.com';

  test('is the one that is named, there or not', () => {
    expect(findWaivers({ waivers: 'mine.yaml', apiUrl })).toBe('mine.yaml');
    expect(findWaivers({ waivers: 'mine.yaml' })).toBe('mine.yaml');
  });

  test('is waivers.yaml where it is there, unless the reference is tested', () => {
    const file = saved('waivers:');
    expect(findWaivers({ apiUrl }, dirname(file))).toBe(file);
    expect(findWaivers({}, dirname(file))).toBeUndefined();
    expect(findWaivers({ apiUrl }, join(dirname(file), 'elsewhere'))).toBeUndefined();
  });
});

const REST = 'reason: r, owner: o, issue: i, expires: 2026-12-31';
const one = (entry: string) => `# Ours.\nwaivers:\n  - { ${entry} }\n`;

describe('a file of waivers', () => {
  test('says which findings are let be, on whose word, until when, and on which lines', () => {
    const file = saved(`waivers:
  # The gateway answers in HTML.
  - check: body-json
    operation: getSink
    status: 404
    pointer: /errors/*/code
    reason: >
      The gateway is replaced
      in January.
    owner: platform
    issue: https://issues.example.com/API-7
    expires: 2026-12-31

  - check: fields-422
    operation: [getSink, listSinks]
    status: [422, 400]
    intermittent: true
    reason: r
    owner: o
    issue: API-8
    expires: "2027-01-01"
  - { check: no-html, operation: '*', intermittent: false, ${REST} }
`);
    expect(loadWaivers(file)).toEqual([
      {
        check: 'body-json',
        operation: ['getSink'],
        status: [404],
        pointer: '/errors/*/code',
        reason: 'The gateway is replaced in January.\n',
        owner: 'platform',
        issue: 'https://issues.example.com/API-7',
        expires: '2026-12-31',
        file,
        lines: [3, 12],
      },
      {
        check: 'fields-422',
        operation: ['getSink', 'listSinks'],
        status: [422, 400],
        intermittent: true,
        reason: 'r',
        owner: 'o',
        issue: 'API-8',
        expires: '2027-01-01',
        file,
        lines: [14, 21],
      },
      { check: 'no-html', reason: 'r', owner: 'o', issue: 'i', expires: '2026-12-31', file, lines: [22, 22] },
    ]);
  });

  test.each(['waivers:\n', 'waivers: []\n'])('may be empty, once the last one is gone: %j', (text) => {
    expect(loadWaivers(saved(text))).toEqual([]);
  });

  test.each<[string, RegExp]>([
    ['', /waivers\.yaml cannot be read: expected a document, [^\n]*; expected a file of waivers\.$/],
    ['waivers: [', /waivers\.yaml cannot be read: [^\n]+; expected a file of waivers\.$/],
    ['- check: x', /waivers\.yaml is no file of waivers: the file must be object\.$/],
    ['waiver: []', /waivers\.yaml is no file of waivers: the file must have required property 'waivers'\.$/],
    ['{ waivers: [], more: 1 }', /is no file of waivers: the file must NOT have additional properties \("more"\)\.$/],
    ['waivers: {}', /is no file of waivers: \/waivers must be array,null\.$/],
    ['waivers:\n\n  - text', /waivers\.yaml:3 is no waiver: it must be object\.$/],
    [one(`check: x, ${REST.replace('owner: o, ', '')}`), /waivers\.yaml:3 is no waiver: it must have .* 'owner'\.$/],
    [one(`check: x, until: 1, ${REST}`), /:3 is no waiver: it must NOT have additional properties \("until"\)\.$/],
    [one(`check: '*', ${REST}`), /:3 is no waiver: \/check must match pattern/],
    [one(`check: x, status: 200, ${REST}`), /:3 is no waiver: \/status must be >= 400\.$/],
    [one(`check: x, operation: [], ${REST}`), /:3 is no waiver: \/operation must /],
    [one(`check: x, pointer: name, ${REST}`), /:3 is no waiver: \/pointer must match pattern/],
    [one('check: x, reason: r, owner: o, issue: i, expires: soon'), /\/expires must match format "date"\.$/],
    [one('check: x, reason: r, owner: o, issue: i, expires: 2026-02-30'), /\/expires must match format "date"\.$/],
    [one('check: x, reason: " ", owner: o, issue: i, expires: 2026-12-31'), /\/reason must match pattern/],
    [one('check: x, reason: r, owner: o, issue: a b, expires: 2026-12-31'), /\/issue must match pattern/],
  ])('%j is refused in one sentence, with its line', (text, sentence) => {
    const path = saved(text);
    expect(() => loadWaivers(path)).toThrow(SettingsError);
    expect(() => loadWaivers(path)).toThrow(sentence);
  });

  test('that is not there is told', () => {
    expect(() => loadWaivers('no-such.yaml')).toThrow(/^no-such\.yaml cannot be read: ENOENT[^\n]*; expected a file/);
  });
});
