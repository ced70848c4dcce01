import { expect, test } from 'vitest';
import { createRedaction } from '../../exchange/redact.ts';
import { redactValue } from '../../exchange/redact-value.ts';
import { SPELLINGS } from '../support/spellings.ts';
import { SECRETS } from './raw-server.ts';

const { token } = SECRETS;
const clean = (value: unknown, secrets: Record<string, string> = SECRETS) =>
  createRedaction(secrets)().value(value, 'body');

test('strings and keys are redacted at any depth, and what did not change is shared', () => {
  const same = { list: [1, 'two', null, true, undefined], deep: { er: [] } };
  const value = { same, [token]: [`Bearer ${token}`, { [`x-${token}`]: same }], n: 1.5, none: null };
  expect(clean(value)).toEqual({
    same,
    '«redacted:token»': ['Bearer «redacted:token»', { 'x-«redacted:token»': same }],
    n: 1.5,
    none: null,
  });
  expect((clean(value) as typeof value).same).toBe(same);
  expect(clean(same)).toBe(same);
});

test('what was found is remembered', () => {
  const redactor = createRedaction(SECRETS)();
  redactor.value([{ a: token }, SECRETS.adminToken], 'header');
  expect(redactor.echoed()).toEqual([
    { secret: 'token', where: 'header' },
    { secret: 'adminToken', where: 'header' },
  ]);
});

test.each(Object.entries(SPELLINGS))('a secret in a string is redacted, written %s', (_, spell) => {
  expect(JSON.stringify(clean({ a: [spell(token)] }))).toContain('«redacted:token»');
});

test('a secret in numbers is redacted: as one, as a list, as what a list or a Buffer becomes as JSON', () => {
  const bytes = [...Buffer.from(token)];
  const value = [12345678, bytes, [1, ...bytes, 2], { ...bytes }, { type: 'Buffer', data: bytes }, Buffer.from(token)];
  expect(clean(value, { ...SECRETS, adminToken: '12345678' })).toEqual([
    '«redacted:adminToken»',
    ['«redacted:token»'],
    [1, '«redacted:token»', 2],
    { 0: '«redacted:token»' },
    { type: 'Buffer', data: ['«redacted:token»'] },
    { type: 'Buffer', data: ['«redacted:token»'] },
  ]);
});

test('what has a form of its own as JSON is looked at in that form, and stays when there is nothing in it', () => {
  const date = new Date(0);
  expect(clean(date)).toBe(date);
  expect(clean({ at: { toJSON: () => `at ${token}` } })).toEqual({ at: 'at «redacted:token»' });
});

test('two keys that are the same once they are redacted keep their values', () => {
  expect(clean({ [token]: 1, [Buffer.from(token).toString('hex')]: 2, '«redacted:token» 2': 3 })).toEqual({
    '«redacted:token»': 1,
    '«redacted:token» 2': 2,
    '«redacted:token» 2 2': 3,
  });
  expect(Object.keys(clean(JSON.parse(`{"__proto__":"${token}"}`)) as object)).toEqual(['__proto__']);
});

test('a value that goes deep is followed', () => {
  let value: unknown = token;
  for (let depth = 0; depth < 1500; depth += 1) value = depth % 2 === 0 ? [value] : { a: value };
  const text = JSON.stringify(clean(value));
  expect(text).toContain('«redacted:token»');
  expect(text).not.toContain(token);
});

test('no string is asked about twice', () => {
  const asked: string[] = [];
  redactValue({ a: ['b', 1], c: { d: 'e' } }, (text) => {
    asked.push(text);
    return text;
  });
  expect(asked).toEqual(['a', 'b', '1', 'c', 'd', 'e']);
});
