import { expect, test } from 'vitest';
import type { Answer } from '../../judge/answer.ts';
import { judgeCell } from '../../judge/judge-cell.ts';
import { sampleExchange } from './sample-exchange.ts';
import { LAW, sampleCase } from './sample-law.ts';

const SPEC = { method: 'POST', target: '/sinks', headers: [] };

/** What is found about a case that ought to be refused with 401, by the statuses of its two sendings. */
function findIn(first: number, second: number, method = 'POST') {
  const request = { ...SPEC, method };
  const exchanges: Answer['exchanges'] = [first, second].map((status, index) => ({
    exchange: sampleExchange(status, { request, ...(status < 300 && { body: { id: 'x' } }) }),
    ...(index === 1 && { repeat: true }),
  }));
  const answer = { case: sampleCase({ request, expected: [401] }), exchanges };
  return judgeCell('createSink', 401, [answer], LAW).findings.map(({ check, actual }) => `${check} ${actual}`);
}

test.each([
  [201, 422],
  [422, 201],
  [201, 409],
])('what was carried out once is that and no more: %i and %i', (first, second) => {
  expect(findIn(first, second)).toEqual(expect.arrayContaining(['meaning-401 201']));
  expect(findIn(first, second).filter((each) => !each.endsWith(' 201'))).toEqual(
    // 409 is none of the published statuses, whatever it answers.
    [first, second].includes(409) ? ['error-status-documented 409'] : [],
  );
});

test.each([
  [422, 422, 'POST', ['meaning-401 422']],
  [401, 422, 'POST', ['meaning-401 422', 'stable-answer 422']],
  [201, 201, 'POST', ['meaning-401 201']],
  [200, 404, 'GET', ['meaning-401 200', 'meaning-401 404', 'stable-answer 404']],
])('what was not the other one’s doing is judged: %i and %i to %s', (first, second, method, found) => {
  expect(findIn(first, second, method).sort()).toEqual([...found].sort());
});
