import type { Danger } from '../../../engine/case.ts';
import type { Target } from '../../../runner/session.ts';
import { type Back, type Passing, perfect, type Rules } from '../proxy.ts';

/** A seeded defect, and exactly the checks that must find it: those of MUST and SHOULD clauses. */
export type Defect = {
  title: string;
  expect: string[];
  /** The cells that have the findings, as `operation status`; not asserted when absent. */
  cells?: string[];
  /** Danger classes of the run; reads and faults when absent, because they are quick. */
  allow?: Danger[];
  timeoutMs?: number;
  rules: (target: Target) => Rules;
};

/** Path of the list that the runs are about. */
export const LIST = '/destinations/http_endpoints';

/** Path of one of its objects. */
export const ITEM = /^\/destinations\/http_endpoints\/([^/?]+)$/;

/** Changes answers of one status. */
export function on(status: number, change: (back: Back, passing: Passing) => Partial<Back>): Defect['rules'] {
  return () => ({ answer: (back, passing) => (back.status === status ? { ...back, ...change(back, passing) } : back) });
}

/** Changes the headers of answers of one status; undefined takes one away. */
export function headersOn(status: number, change: Record<string, string | string[] | undefined>): Defect['rules'] {
  return on(status, ({ headers }) => ({
    headers: Object.fromEntries(
      Object.entries({ ...headers, ...change }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
  }));
}

/** Gives the answers of one status another body; text goes out as it is, everything else as JSON. */
export function bodyOn(status: number, body: unknown): Defect['rules'] {
  return on(status, () => ({ body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }));
}

/** Gives the answers of one status to some requests another status, with a perfect body. */
export function statusOn(
  from: number,
  to: number,
  applies: (passing: Passing) => boolean = () => true,
): Defect['rules'] {
  return on(from, (back, passing) => (applies(passing) ? perfect(to) : back));
}
