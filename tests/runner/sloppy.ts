import type { Alteration } from '../../reference/alteration.ts';
import type { Store } from '../../reference/store.ts';
import type { Report } from '../../report/report.ts';
import { type RunOptions, runSuite } from '../../selfcheck/run-suite.ts';
import { withReference } from './support.ts';

/** The kinds of objects that a run on HTTP endpoints may make. */
const KIND = 'http_endpoints';

/** What came of a run on a server that is careless about what its answers say: the report, and what was on the server meanwhile and at the end. */
export type Sloppy = {
  report: Report;
  /** Most objects that were there at a time, and those that were left, beyond the ones from before. */
  peak: number;
  left: string[];
  /** Status of each POST, in order. */
  posts: number[];
};

/** A run on HTTP endpoints of a reference that is altered so. */
export function visitSloppy(alteration: Alteration, options: RunOptions = {}): Promise<Sloppy> {
  let store: Store | undefined;
  let before = new Set<string>();
  let peak = 0;
  const posts: number[] = [];
  const ids = () => [...(store?.[KIND].byId.keys() ?? [])].filter((id) => !before.has(id));
  const watched: Alteration = {
    ...alteration,
    parts: (parts) => {
      store = parts.openAccount(undefined) as Store;
      before = new Set(store[KIND].byId.keys());
      return alteration.parts?.(parts) ?? {};
    },
    answer: async (given, asked) => {
      const answer = (await alteration.answer?.(given, asked)) ?? given;
      peak = Math.max(peak, ids().length);
      if (asked.method === 'POST' && 'status' in answer) posts.push(answer.status);
      return answer;
    },
  };
  return withReference(
    { alteration: watched, rateLimit: { capacity: 100_000, perSecond: 100_000 } },
    async (target) => {
      const report = await runSuite(target, { tags: [KIND], allow: ['read', 'reject', 'write'], ...options });
      return { report, peak, left: ids(), posts };
    },
  );
}
