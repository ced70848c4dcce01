import { expect, test } from 'vitest';
import { disarmLine } from '../../../reporters/shared/workflow-commands.ts';

test.each([
  ['::error::x', ': :error::x'],
  ['  ::set-output name=a::b', '  : :set-output name=a::b'],
  ['\t:::x', '\t: ::x'],
  ['text ##[error]x', 'text # #[error]x'],
  ['###[group]x', '## #[group]x'],
  ['##vso[task.complete]x', '# #vso[task.complete]x'],
])('%j gives no command', (line, disarmed) => {
  expect(disarmLine(line)).toBe(disarmed);
});

test.each(['a::b', 'curl http://[::1]:80/', '## heading', '# [x]', ': one'])('%j stays', (line) => {
  expect(disarmLine(line)).toBe(line);
});
