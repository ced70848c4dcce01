import { flawless, withBody, withHeader } from '../altering.ts';
import type { Answer } from '../message-bytes.ts';

/** A flawless error; a 429 that asks nobody to wait, so that a run is not slowed down by it. */
export function flawlessAtOnce(status: number): Answer {
  const answer = flawless(status);
  return status === 429 ? withHeader(answer, 'retry-after', '0') : answer;
}

/** A success with any JSON value. */
export function succeed(value: unknown): Answer {
  return withBody({ status: 200, headers: [['content-type', 'application/json']], body: '' }, value);
}

/** An object that says nothing. */
export const ANYTHING = { id: 'b0000000-0000-4000-8000-000000000001', name: 'anything' };
