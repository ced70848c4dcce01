import type { Finding } from '../judge/finding.ts';
import { isSuccess } from '../judge/fingerprint.ts';
import type { Condition } from '../schemas/conditions.ts';
import type { Level } from '../schemas/contract.ts';

/**
 * What a finding comes to, the gravest first:
 * - `let-in`: somebody without a credential that counts was served;
 * - `effect`: what had to be refused was carried out;
 * - `secret`: a secret was given away;
 * - `status`: the wrong error, or none;
 * - `body`: the right error, not as published;
 * - `headers`: header fields and framing;
 * - `wording`: what an error had better not say.
 */
export const GRAVITIES = ['let-in', 'effect', 'secret', 'status', 'body', 'headers', 'wording'] as const;

/** One of them. */
export type Gravity = (typeof GRAVITIES)[number];

const SECRETS = ['no-credential', 'credential-not-echoed'];
// Who is served there has the right credential.
const STATUSES = ['error-status-documented', 'existence-hidden', 'url-credential-refused', 'two-credentials-refused'];
const BODIES = ['json-utf8', 'json-no-bom', 'json-unique-names', 'stable-answer'];
const HEADERS = ['no-cookie-on-401'];

/** Those who may not get in, the one for whom it takes least first. */
const CREDENTIALS: readonly (Condition | undefined)[] = ['no-credential', 'wrong-credential', 'malformed-credential'];

/** Where nothing has to be refused: what fails is the server, and a limit that does not come lets nobody in. */
const NO_REFUSAL: readonly (Condition | undefined)[] = [
  undefined,
  'too-many-requests',
  'internal-fault',
  'unimplemented',
  'dead-upstream',
  'unavailable',
  'slow-upstream',
];

/** What a finding comes to; `method` is that of the request that shows it. */
export function gravityOf(
  { check, condition, seen, set }: Pick<Finding, 'check' | 'condition' | 'seen' | 'set'>,
  method: string,
): Gravity {
  if (SECRETS.includes(check)) return 'secret';
  if (check.startsWith('effect-')) return 'effect';
  if (check.startsWith('meaning-')) {
    if (!isSuccess({ seen })) return 'status';
    if (CREDENTIALS.includes(condition)) return 'let-in';
    const isSafe = ['GET', 'HEAD', 'OPTIONS'].includes(method);
    return isSafe || NO_REFUSAL.includes(condition) ? 'status' : 'effect';
  }
  if (STATUSES.includes(check)) return 'status';
  if (set === 'contract' || BODIES.includes(check)) return 'body';
  return set === 'http' || HEADERS.includes(check) ? 'headers' : 'wording';
}

/** Whether it is so grave that it fails a run wherever it is seen first. */
export function isGravest(gravity: Gravity): boolean {
  return gravity === 'let-in' || gravity === 'effect' || gravity === 'secret';
}

/** What decides which of two causes comes first. */
export type Rank = {
  gravity: Gravity;
  level: Level;
  /** Whether it is held against the API itself, were its set to count: it is the API's own, not waived, seen more than once. */
  stands: boolean;
  condition?: Condition | undefined;
  operations: number;
  findings: number;
};

const LEVELS: readonly Level[] = ['MUST', 'SHOULD', 'MAY'];

/** Orders by what stands, by gravity, and then by how many operations it is on; of one gravity, MUSTs come first. Notes come last. */
export function compareRanks(one: Rank, other: Rank): number {
  return (
    Number(one.level === 'MAY') - Number(other.level === 'MAY') ||
    Number(other.stands) - Number(one.stands) ||
    GRAVITIES.indexOf(one.gravity) - GRAVITIES.indexOf(other.gravity) ||
    LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level) ||
    other.operations - one.operations ||
    easeOf(one) - easeOf(other) ||
    other.findings - one.findings
  );
}

/** Of those who are let in, whoever needs nothing comes first. */
function easeOf({ gravity, condition }: Rank): number {
  return gravity === 'let-in' ? CREDENTIALS.indexOf(condition) : 0;
}
