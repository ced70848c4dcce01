import { describe, expect, test } from 'vitest';
import { pause } from '../../exchange/pause.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Control } from '../../plan/case.ts';
import type { Session } from '../../runner/session.ts';
import { createStanding, waitGranted } from '../../runner/standing.ts';
import { PROFILE } from '../judge/sample-profile.ts';

const control = (id: string): Control => ({
  id,
  title: id,
  operation: 'getSink',
  request: { method: 'GET', target: `/${id}`, headers: [] },
  holds: { success: true },
  danger: 'read',
  stage: 0,
});

/** A standing on a target that answers with one status after the other, the last of them for ever. */
function standOn(statuses: (number | undefined)[], maxWaitMs = 400) {
  let sent = 0;
  const send = async (request: Exchange['request']): Promise<Exchange> => {
    const status = statuses[Math.min(sent, statuses.length - 1)];
    sent += 1;
    const response = { status, headers: [], complete: true, body: '' } as unknown as Exchange['response'];
    const failure = { kind: 'timeout', code: 'ETIMEDOUT', message: 'no answer' } as const;
    return { request, url: '', echoed: [], ms: 0, ...(status === undefined ? { failure } : { response }) } as Exchange;
  };
  const patience = {
    turn: async () => 0,
    slowDown: () => {},
    goOn: () => {},
    isExhausted: () => true,
    mayBeBusy: () => 'no',
  };
  const standing = createStanding({ client: { send }, patience, pause } as unknown as Session, 2 * maxWaitMs);
  return { standing, count: () => sent };
}

describe('what a run relies on', () => {
  test('stands where it is served, with one request for all who ask at once', async () => {
    const { standing, count } = standOn([200]);
    const asked = await Promise.all([standing.ask(control('a')), standing.ask(control('a'))]);
    expect(asked).toEqual([
      { held: true, hasWaited: false },
      { held: true, hasWaited: false },
    ]);
    expect(count()).toBe(1);
  });

  test('is waited for, and stands when it comes back', async () => {
    const { standing, count } = standOn([503, 200]);
    expect(await standing.ask(control('a'))).toEqual({ held: true, hasWaited: true });
    expect([count(), standing.broken()]).toEqual([2, []]);
  });

  test.each([
    [
      401,
      /^The token is refused since \d\d:\d\d:\d\d UTC: GET \/a was answered by a success before, and now by 401\.$/,
    ],
    [404, /^What this run made or found is gone since .*: GET \/a was answered by a success before, and now by 404\.$/],
    [503, /^The target answers 503 to what it served before since .*: GET \/a\.$/],
    [undefined, /^The target gives no answer since .*: GET \/a \(no answer\)\.$/],
  ])('is told in one sentence where it does not: %s', async (status, sentence) => {
    const { standing } = standOn([status], 1);
    const stand = await standing.ask(control('a'));
    expect(stand).toEqual({ held: false, outcome: 'untestable', reason: expect.stringMatching(sentence) });
    expect(standing.broken()).toEqual([expect.stringMatching(sentence)]);
  });

  test('is not waited for again when that was in vain, and is told with its end when it is back', async () => {
    const { standing, count } = standOn([401, 401, 401, 401, 200], 125);
    await standing.ask(control('a'));
    const before = count();
    expect((await standing.ask(control('b'))).held).toBe(false);
    expect(count()).toBe(before + 1);
    while ((await standing.ask(control('a'))).held === false);
    expect(standing.broken()).toEqual([
      expect.stringMatching(
        /^The token was refused from \d\d:\d\d:\d\d to \d\d:\d\d:\d\d UTC: GET \/a was answered by a success before, and then by 401\.$/,
      ),
    ]);
  });

  test('is lost once another control does not hold either after the wait, and is then not asked for any more', async () => {
    const { standing, count } = standOn([401], 1);
    for (const id of ['a', 'b']) standing.note(control(id));
    await standing.ask(control('a'));
    expect(standing.lost()).toMatch(/^The token is refused since /);
    const before = count();
    expect((await standing.ask(control('c'))).held).toBe(false);
    expect(count()).toBe(before);
  });

  test('is not lost where only one thing does not hold, or an object is gone', async () => {
    const alone = standOn([403, 403, 200], 1);
    for (const id of ['a', 'b']) alone.standing.note(control(id));
    await alone.standing.ask(control('a'));
    expect(alone.standing.lost()).toBe(undefined);
    const gone = standOn([404], 1);
    for (const id of ['a', 'b']) gone.standing.note(control(id));
    await gone.standing.ask(control('a'));
    expect(gone.standing.lost()).toBe(undefined);
  });

  test('is told by another control than the one in question', async () => {
    const { standing } = standOn([200]);
    expect(await standing.askAnother(control('a'))).toBe(undefined);
    standing.note(control('a'));
    expect(await standing.askAnother(control('a'))).toBe(undefined);
    expect(await standing.askAnother(control('b'))).toEqual({ held: true, hasWaited: false });
  });

  test('is waited for as long as two of the longest waits that are granted, and never longer than 15 s', () => {
    const granted = (maxWaitMs: number) => waitGranted({ ...PROFILE, rateLimit: { maxRequests: 1, maxWaitMs } });
    expect([granted(0), granted(2000), granted(60_000)]).toEqual([0, 4000, 15_000]);
  });
});
