import { describe, expect, test } from 'vitest';
import { readSurroundings } from '../../config/surroundings.ts';

const terminal = { isTTY: true, columns: 132, rows: 50 };

describe('surroundings', () => {
  test('of a terminal: its size, and a line that may be redrawn', () => {
    expect(readSurroundings({ TERM: 'xterm' }, terminal, true, [])).toEqual({
      color: true,
      width: 132,
      height: 50,
      live: true,
      annotate: false,
    });
  });

  test.each([
    ['no terminal', {}, { isTTY: false }, []],
    ['a dumb one', { TERM: 'dumb' }, terminal, []],
    ['CI, whatever it writes to', { CI: 'true' }, terminal, []],
    ['other reporters beside this one', {}, terminal, ['--reporter=list']],
  ])('nothing is redrawn with %s', (_, env, screen, args) => {
    expect(readSurroundings(env, screen, true, args).live).toBe(false);
  });

  test('what tells no size has 80 columns and 24 rows, and a low window no fewer rows', () => {
    expect(readSurroundings({}, {}, false, [])).toMatchObject({ width: 80, height: 24 });
    expect(readSurroundings({}, { columns: 0, rows: 5 }, false, [])).toMatchObject({ width: 80, height: 24 });
  });

  test.each([
    [{ NO_COLOR: '1' }, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    [{ NO_COLOR: '' }, true],
  ])('%o with a terminal that has colour', (env, color) => {
    expect(readSurroundings(env, terminal, true, []).color).toBe(color);
  });

  test('GitHub is told by its variables', () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: '/step.md' };
    expect(readSurroundings(env, {}, false, [])).toMatchObject({ annotate: true, stepSummary: '/step.md' });
    expect(readSurroundings({ GITHUB_ACTIONS: '1', GITHUB_STEP_SUMMARY: '' }, {}, false, [])).toEqual({
      color: false,
      width: 80,
      height: 24,
      live: false,
      annotate: false,
    });
  });
});
