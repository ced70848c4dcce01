import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { watchProgress } from '../../reporters/watch-progress.ts';

const CLEAR = '\r\u001b[2K';

/** A watch that writes into a list, at a time that the test sets. */
function makeWatch(live: boolean, width = 80) {
  const written: string[] = [];
  const clock = { now: 0 };
  const means = { write: (text: string) => written.push(text), now: () => clock.now };
  return { watch: watchProgress({ color: false, width, live }, means), written, clock };
}

describe('where somebody watches', () => {
  test('one line is redrawn, not too often, and cleared', () => {
    const { watch, written, clock } = makeWatch(true);
    watch.prepare();
    watch.begin(100);
    for (let index = 0; index < 100; index++) {
      clock.now += 40;
      watch.note(`cell ${index}`, 'pass');
    }
    watch.end();
    expect(written.join('')).not.toContain('\n');
    expect(written.length).toBeGreaterThan(20);
    expect(written.length).toBeLessThan(60);
    expect(written[0]).toBe(`${CLEAR}Looking at the target …`);
    expect(written.slice(0, -1).every((text) => text.startsWith(CLEAR) && text.length > CLEAR.length)).toBe(true);
    expect(written.at(-1)).toBe(CLEAR);
    expect(written.at(-2)).toMatch(/9\d of 100 cells {2}✓ 9\d pass {2}about 1 s left$/);
  });

  test('the line goes on while a cell takes its time, until the end, and never fills the width', () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { watch, written, clock } = makeWatch(true, 41);
    watch.begin(100);
    watch.note('cell', 'pass');
    const before = written.length;
    clock.now = 3000;
    vi.advanceTimersByTime(3000);
    expect(written.length).toBe(before + 3);
    for (const text of written) expect(text.slice(5).length).toBeLessThanOrEqual(40);
    watch.end();
    vi.advanceTimersByTime(3000);
    expect(written.length).toBe(before + 4);
  });
});

describe('in a log', () => {
  test('a line stands for each tenth, with no control character but the line end', () => {
    const { watch, written } = makeWatch(false);
    watch.prepare();
    watch.begin(174);
    for (let index = 0; index < 174; index++) watch.note(`cell ${index}`, 'pass');
    watch.end();
    expect(written.slice(0, -1)).toHaveLength(10);
    expect(written.at(-2)).toBe('174 of 174 cells  ✓ 174 pass\n');
    expect(written.join('').replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test('each failing cell is named once, ten at most, and what a server wrote does nothing', () => {
    const { watch, written } = makeWatch(false);
    watch.begin(100);
    for (let index = 0; index < 100; index++) {
      watch.note(`GET /x${index} › 404`, 'fail', '\n::error::\u001b[31m##[group]x');
      watch.note(`GET /x${index} › 404`, 'fail');
    }
    const lines = written.join('').split('\n').slice(0, -1);
    expect(lines).toHaveLength(10 + 1 + 10);
    expect(lines[0]).toBe('✗ GET /x0 › 404  ␊::error::␛[31m# #[group]x');
    expect(lines).toContain('More cells fail; they stand in the report.');
    expect(written.join('').replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(written.join('')).not.toMatch(/^\s*::|##\[/m);
  });

  test('of a run that never began is empty', () => {
    const { watch, written } = makeWatch(false);
    watch.prepare();
    watch.begin(0);
    watch.end();
    expect(written).toEqual([]);
  });
});
