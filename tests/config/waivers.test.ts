import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SettingsError } from '../../config/settings-error.ts';
import { findWaivers, loadWaivers } from '../../config/waivers.ts';
import { CONDITION_NAMES } from '../../schemas/conditions.ts';
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

  test('may name a condition, a provocation, what came and a place, and needs no check', () => {
    const [first, second] = loadWaivers(
      saved(`waivers:
  - { condition: no-credential, provocation: [head-no-authorization], seen: [401, 5xx], place: /summary, ${REST} }
  - { seen: none, ${REST} }
`),
    );
    expect(first).toMatchObject({
      condition: ['no-credential'],
      provocation: ['head-no-authorization'],
      seen: ['401', '5xx'],
      place: '/summary',
    });
    expect(second).toMatchObject({ seen: ['none'] });
  });

  test('knows every condition', () => {
    const conditions = CONDITION_NAMES;
    expect(loadWaivers(saved(one(`condition: [${conditions.join()}], ${REST}`)))).toMatchObject([
      { condition: conditions },
    ]);
  });

  test.each(['waivers:\n', 'waivers: []\n'])('may be empty, once the last one is gone: %j', (text) => {
    expect(loadWaivers(saved(text))).toEqual([]);
  });

  test.each<[string, string | RegExp]>([
    ['', '1: expected YAML, found a mistake: expected a document, but the input is empty'],
    ['waivers:\n  - [', '2: expected YAML, found a mistake: unexpected end of the stream within a flow collection'],
    ['- check: x', /^1: the document: expected an object, found \[\{.*\]$/],
    ['# Ours.\nwaiver: []', '2: waiver: expected one of the keys waivers, found "waiver"'],
    ['# Ours.\n{}', '2: waivers: expected a value, found nothing'],
    ['waivers: []\nmore: 1', '2: more: expected one of the keys waivers, found "more"'],
    ['waivers: {}', '1: waivers: expected a list or nothing, found {}'],
    ['waivers:\n\n  - text', '3: waivers[0]: expected an object, found "text"'],
    [one(`check: x, ${REST.replace('owner: o, ', '')}`), '3: waivers[0].owner: expected a value, found nothing'],
    [
      one(`check: x, until: 1, ${REST}`),
      '3: waivers[0].until: expected one of the keys check, operation, status, condition, provocation, seen, place, pointer, reason, owner, issue, expires, intermittent, found "until"',
    ],
    [one(REST), /^3: waivers\[0\]/],
    [one(`condition: no-token, ${REST}`), /^3: waivers\[0\]\.condition: expected /],
    [one(`seen: 500, ${REST}`), /^3: waivers\[0\]\.seen: expected /],
    [one(`check: '*', ${REST}`), /^3: waivers\[0\]\.check: expected text that matches \S+, found "\*"$/],
    [one(`check: x, status: 200, ${REST}`), '3: waivers[0].status: expected at least 400, found 200'],
    [one(`check: x, status: [422, 600], ${REST}`), '3: waivers[0].status[1]: expected at most 599, found 600'],
    [one(`check: x, operation: [], ${REST}`), '3: waivers[0].operation: expected at least 1 item, found none'],
    [one(`check: x, operation: 7, ${REST}`), '3: waivers[0].operation: expected "*" or text or a list, found 7'],
    [
      one(`check: x, pointer: name, ${REST}`),
      /^3: waivers\[0\]\.pointer: expected text that matches .*, found "name"$/,
    ],
    [
      one('check: x, reason: r, owner: o, issue: i, expires: soon'),
      '3: waivers[0].expires: expected a valid date, found "soon"',
    ],
    [
      one('check: x, reason: r, owner: o, issue: i, expires: 2026-02-30'),
      '3: waivers[0].expires: expected a valid date, found "2026-02-30"',
    ],
    [
      one('check: x, reason: " ", owner: o, issue: i, expires: 2026-12-31'),
      '3: waivers[0].reason: expected text that is not blank, found " "',
    ],
    [
      one('check: x, reason: r, owner: o, issue: a b, expires: 2026-12-31'),
      '3: waivers[0].issue: expected text that matches ^\\S+$, found "a b"',
    ],
  ])('%j is refused in one sentence, with its line', (text, sentence) => {
    const path = saved(text);
    expect(() => loadWaivers(path)).toThrow(SettingsError);
    try {
      loadWaivers(path);
    } catch (error) {
      const { message } = error as Error;
      const told = message.slice(message.indexOf('waivers.yaml:') + 'waivers.yaml:'.length);
      expect(told).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
    }
  });

  test('that is not there is told', () => {
    expect(() => loadWaivers('no-such.yaml')).toThrow(
      new SettingsError('no-such.yaml: expected a file of waivers, found none'),
    );
  });
});
