import { expect, test } from 'vitest';
import { disarm } from '../../suites/disarm.ts';

test.each([
  ['\n::error file=x::y', '\n: :error file=x::y'],
  ['  ::stop-commands::x', '  : :stop-commands::x'],
  ['##vso[task.complete]', '# #vso[task.complete]'],
  ['a ##[error] b', 'a # #[error] b'],
  ['a\rb', 'a[U+000D]b'],
  ['\u001b[31mred', '[U+001B][31mred'],
  ['a\u202eb', 'a[U+202E]b'],
  ['a\u0085::error::b', 'a[U+0085]::error::b'],
  ['a\u2028::error::b', 'a[U+2028]::error::b'],
  ['a\ud800b', 'a[U+D800]b'],
])('%j means nothing any more', (text, safe) => {
  expect(disarm(text)).toBe(safe);
});

test('ordinary text stays, with its line feeds', () => {
  const text = 'expected 404, got 200 (meaning-404)\n  curl -sS http://a/b::c\n## Title';
  expect(disarm(text)).toBe(text);
});
