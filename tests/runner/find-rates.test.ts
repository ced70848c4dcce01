import { describe, expect, test } from 'vitest';
import type { Answer } from '../../judge/answer.ts';
import { judgeCell } from '../../judge/judge-cell.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { PlannedCell } from '../../plan/plan.ts';
import { findRates, withRates } from '../../runner/find-rates.ts';
import type { Session } from '../../runner/session.ts';
import { failedExchange, sampleExchange } from '../judge/sample-exchange.ts';
import { CONTRACT, LAW, sampleCase } from '../judge/sample-law.ts';

const operation = CONTRACT.operations.find(({ id }) => id === 'getSink');
const CELL = { operation, status: 400 } as PlannedCell;
const SESSION = { law: LAW } as Session;

const GOOD = sampleExchange(400);
const WRONG = sampleExchange(404);

/** Judges a first answer, sends again with the given answers in turn (the last one stays), and judges once more. */
async function settle(first: Exchange, again: Exchange[], change: Parameters<typeof sampleCase>[0] = {}) {
  const answers: Answer[] = [{ case: sampleCase(change), exchanges: [{ exchange: first }] }];
  const judge = (all: Answer[]) => judgeCell('getSink', 400, all, LAW);
  let sent = 0;
  const rates = await findRates(SESSION, CELL, answers, judge(answers).findings, async () => {
    const exchange = again[Math.min(sent, again.length - 1)] ?? first;
    sent += 1;
    return { exchange, earlier: [] };
  });
  const { record, findings, exchanges } = judge(answers.map((answer) => withRates(answer, rates)));
  return { sent, outcome: record.outcome, found: findings.map((each) => each.intermittent ?? each.check), exchanges };
}

describe('a finding is looked at twice', () => {
  test('what shows twice in a row stands', async () => {
    expect(await settle(WRONG, [WRONG])).toEqual({ sent: 1, outcome: 'fail', found: ['meaning-400'], exchanges: 1 });
  });

  test('what never shows again decides nothing, and is shown with its rate', async () => {
    expect(await settle(WRONG, [GOOD])).toEqual({
      sent: 9,
      outcome: 'warn',
      found: [{ seen: 1, tries: 10 }],
      exchanges: 10,
    });
  });

  test('what shows now and then fails, with its rate', async () => {
    const { outcome, found } = await settle(WRONG, [GOOD, GOOD, WRONG, GOOD]);
    expect([outcome, found]).toEqual(['fail', [{ seen: 2, tries: 10 }]]);
  });

  test('what is wrong in another way each time is wrong each time', async () => {
    const { outcome, sent } = await settle(WRONG, [sampleExchange(401)]);
    expect([outcome, sent]).toEqual(['fail', 1]);
  });

  test('what was carried out is not sent again', async () => {
    const created = sampleExchange(201, { request: { method: 'POST' } });
    expect(await settle(created, [GOOD])).toMatchObject({ sent: 0, outcome: 'fail' });
  });

  test('a burst is not sent again', async () => {
    expect(await settle(sampleExchange(503), [GOOD], { expected: [429] })).toMatchObject({ sent: 0 });
  });

  test('a limit or a lost connection in between leaves the finding as it was', async () => {
    expect(await settle(WRONG, [sampleExchange(429)])).toMatchObject({ sent: 1, outcome: 'fail' });
    expect(await settle(WRONG, [failedExchange('unreachable')])).toMatchObject({ sent: 1, outcome: 'fail' });
  });
});

test('where everything flickers, the requests of a cell are bounded and the rest stands', async () => {
  const answers = Array.from({ length: 30 }, (_, index): Answer => {
    return { case: sampleCase({ id: `case-${index}` }), exchanges: [{ exchange: WRONG }] };
  });
  const { findings } = judgeCell('getSink', 400, answers, LAW);
  let sent = 0;
  const rates = await findRates(SESSION, CELL, answers, findings, async () => {
    sent += 1;
    return { exchange: GOOD, earlier: [] };
  });
  expect(sent).toBeLessThanOrEqual(60);
  expect(rates.size).toBeLessThan(30);
  const judged = judgeCell(
    'getSink',
    400,
    answers.map((answer) => withRates(answer, rates)),
    LAW,
  );
  expect(judged.record.outcome).toBe('fail');
});
