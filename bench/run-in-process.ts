import { loadTarget } from '../config/target-profile.ts';
import type { RequestSpec } from '../model/exchange.ts';
import { DANGERS, type Generation } from '../plan/case.ts';
import type { PlannedCell } from '../plan/plan.ts';
import { withUnmatchedRoute } from '../provocations/unmatched-route.ts';
import { runPlan } from '../runner/run.ts';
import { makePlan, openSession, type Target } from '../runner/session.ts';
import { loadContract } from '../schemas/load-contract.ts';

/** Exchanges under way at once, for the plan and for the bare loop. */
export const CONCURRENCY = 8;

/** The contract as a run has it. */
export const CONTRACT = withUnmatchedRoute(loadContract());

/** How much of the plan is run: how much input is generated for it, and which of its cells. */
export type Extent = { generation: Generation; keeps?: (cell: PlannedCell, index: number) => boolean };

/** Carries the plan out in this process, without the bursts, which a bare loop has no use for: it would find no limit. */
export async function runInProcess(
  target: Target,
  { generation, keeps = () => true }: Extent,
  onSend: (request: RequestSpec) => void,
): Promise<void> {
  const profile = loadTarget('reference');
  const capabilities = { allow: [...DANGERS], tokenInUrl: true, admin: true, profile, generation };
  const plan = makePlan(CONTRACT, capabilities, ['contract']);
  const session = openSession(plan, target, { timeoutMs: 10_000, concurrency: CONCURRENCY });
  const send: typeof session.client.send = (request, options) => {
    onSend(request);
    return session.client.send(request, options);
  };
  const cells = session.cells.filter((cell, index) => cell.status !== 429 && keeps(cell, index));
  await runPlan({ ...session, cells, client: { ...session.client, send } }, target.url, 'bench00000');
}
