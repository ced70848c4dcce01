import { judgeExchange, type Matter, type Tally } from '../../judge/judge.ts';
import { type Law, makeLaw } from '../../judge/law.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Case } from '../../plan/case.ts';
import { loadContract } from '../../schemas/load-contract.ts';

/** The contract, read once for each test file. */
export const CONTRACT = loadContract();

/** The law of the contract, with only its own set counted. */
export const LAW: Law = makeLaw(CONTRACT, ['contract']);

/** What an exchange of a case is about. */
export function matterOf(expected?: Partial<Pick<Case, 'expected' | 'field' | 'judgedBy'>>): Matter {
  return {
    operation: 'getSink',
    status: 400,
    caseId: 'some-case',
    provocation: 'some-provocation',
    condition: 'unreadable-body',
    provenance: 'organic',
    ...(expected && { case: { expected: [400], ...expected } }),
  };
}

/** One problem, as short as it can be compared. */
export type Found = { check: string; message: string; pointer: string };

/** What judging an exchange finds. */
export function findIn(
  exchange: Exchange,
  sent?: Partial<Pick<Case, 'expected' | 'field' | 'judgedBy'>>,
  tally: Tally = {},
): Found[] {
  return judgeExchange(exchange, matterOf(sent), LAW, tally).map(({ check, message, pointer }) => ({
    check,
    message,
    pointer,
  }));
}

/** A case with what a test says of it. */
export function sampleCase(change: Partial<Case> = {}): Case {
  return {
    id: 'some-case',
    provocation: 'some-provocation',
    condition: 'unreadable-body',
    via: 'request',
    request: { method: 'GET', target: '/sinks/orders', headers: [] },
    expected: [400],
    controls: [],
    danger: 'read',
    provenance: 'organic',
    ...change,
  };
}
