import { expect, test } from 'vitest';
import { judgeCell } from '../../judge/judge-cell.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Case } from '../../plan/case.ts';
import { failedExchange, sampleExchange } from './sample-exchange.ts';
import { LAW, sampleCase } from './sample-law.ts';

const SLOW: Partial<Case> = { condition: 'slow-upstream', expected: [504] };
const SILENCE = failedExchange('timeout', 'no response before the deadline of 10000 ms');

function judge(change: Partial<Case>, ...all: Exchange[]) {
  const exchanges = all.map((exchange, index) => ({ exchange, ...(index > 0 && { repeat: true }) }));
  const { record, findings } = judgeCell('getSink', 504, [{ case: sampleCase(change), exchanges }], LAW);
  return { ...record.cases[0], found: findings.map(({ check }) => check) };
}

test('a 504 that does not come before our own deadline is untested, and the reason names the setting and its value', () => {
  expect(judge(SLOW, SILENCE)).toMatchObject({
    outcome: 'untestable',
    reason: 'no response before the deadline of 10000 ms (CONFORMANCE_TIMEOUT_MS), so that 504 may have come later',
    found: [],
  });
});

test('that only the second one came too late is no second answer', () => {
  expect(judge(SLOW, sampleExchange(504), SILENCE)).toMatchObject({ outcome: 'pass', found: [] });
});

test.each<[string, Partial<Case>, Exchange]>([
  ['silence where another error is due', { condition: 'no-credential', expected: [504] }, SILENCE],
  ['a connection that is closed', SLOW, failedExchange('closed')],
  ['another error', SLOW, sampleExchange(500)],
])('%s breaks the contract', (_, change, exchange) => {
  expect(judge(change, exchange)).toMatchObject({ outcome: 'fail', found: ['meaning-504'] });
});
