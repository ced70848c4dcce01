import type { CellOutcome } from '../judge/cell-outcome.ts';
import { createRunner, listOrders } from './runner.ts';
import type { Session } from './session.ts';

/** What a whole run yields: results by `cellKey`, what went wrong besides, what was waited for, what was made unasked, and what earlier runs have left. */
export type Run = {
  results: Map<string, CellOutcome>;
  errors: string[];
  waits: string[];
  unasked: string[];
  leftovers: string[];
};

/** Carries a whole plan out. Rejects with a PreflightError when the target cannot be tested. */
export async function runPlan(session: Session, url: string, id: string): Promise<Run> {
  const runner = createRunner(session, { url, id });
  const results = new Map<string, CellOutcome>();
  const errors: string[] = [];
  try {
    await runner.open();
    const orders = listOrders(session.cells);
    runner.begin(orders);
    for (const order of orders) results.set(order.cell, await runner.carryOut(order));
  } finally {
    errors.push(...(await runner.close()));
  }
  return {
    results,
    errors,
    waits: runner.waited(),
    unasked: runner.unasked(),
    leftovers: runner.leftovers(),
  };
}
