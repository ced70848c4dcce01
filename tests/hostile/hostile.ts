import type { TransportFailure } from '../../model/exchange.ts';
import type { Alteration, Asked } from '../../reference/alteration.ts';
import type { Change, Where } from '../../reference/altering.ts';
import type { Target } from '../../runner/session.ts';

/** Whose fault a run must take it for: a finding, an unreachable target, the suite's own trouble, or nothing at all. */
export type Fault = 'theirs' | 'network' | 'ours' | 'nobody';

/** Something that stands before the reference, or in place of it. */
export type Front = Pick<Target, 'url' | 'way'> & { close: () => void };

/** A server that is up to no good, and what a run must make of it. */
export type Hostile = {
  /** In small letters and hyphens; unique. */
  id: string;
  /** What it does, in a few words. */
  does: string;
  fault: Fault;
  /** What a run must take it for as well, where controls meet the same answers. */
  besides?: Fault;
  /** How the answers fail that findings are about. */
  failure?: TransportFailure['kind'];
  /** Ids of checks that must find something, among others. */
  checks?: readonly string[];
  /** Set when no run may begin: what the sentence must hold that says why. */
  says?: string;
  /** Set when something must be left untested: a part of the reason. */
  reason?: string;
  /** Deadline of one exchange; long unless it is what the server plays with. */
  timeoutMs?: number;
  /** A part of what the run must say of what was made, or is left. */
  tells?: string;
  alteration?: Pick<Alteration, 'answer' | 'parts'>;
  front?: (url: string) => Promise<Front>;
};

/** For what takes a whole deadline each time. */
export const FEW: Where = { operation: 'getHttpEndpoint', status: 404 };

/** Answers that nothing else rests on: others are what controls have to see, and a control that does not hold is our trouble. */
function isHere({ operation, method }: Asked, status: number, { operation: wanted, status: due }: Where): boolean {
  if (method === 'HEAD') return false;
  if (wanted !== undefined) return operation === wanted && status === due;
  return operation === 'createHttpEndpoint' || (operation === FEW.operation && status === FEW.status);
}

/** Errors become what `change` makes of them: all of a create, and 404 of a read, unless told. */
export function atErrors(change: Change, where: Where = {}): Pick<Hostile, 'alteration'> {
  return {
    alteration: {
      answer: (given, asked) =>
        given.status >= 400 && isHere(asked, given.status, where) ? change(given, asked) : given,
    },
  };
}
