import { copyStart } from '../model/copy-start.ts';
import type { Exchange, ResponseRecord } from '../model/exchange.ts';
import { appendPointer } from '../model/json-pointer.ts';
import type { Provenance } from '../model/provenance.ts';
import type { Case } from '../plan/case.ts';
import type { Condition } from '../schemas/conditions.ts';
import type { Clause } from '../schemas/contract.ts';
import { isBeforeApi } from './before-api.ts';
import { type GroupMember, headerValues, type Problem, type Subject } from './checks/check.ts';
import type { Documented } from './documented.ts';
import { makeEvidence } from './evidence.ts';
import type { FindingWithEvidence, FreshEvidence } from './finding.ts';
import { classOf } from './fingerprint.ts';
import type { Law } from './law.ts';
import { type ParsedBody, parseBody } from './response-body.ts';

/** What an exchange is about; a recorded exchange has no case and so no expectation. */
export type Matter = {
  operation: string;
  /** Status of the cell. */
  status: number;
  caseId: string;
  provocation: string;
  condition?: Condition;
  /** Of a probe. */
  kind?: string;
  provenance: Provenance;
  /** What the request did though it was refused; null where that was looked for and not seen. */
  effect?: string | null;
  case?: Pick<Case, 'expected' | 'tolerated' | 'withinBounds' | 'field' | 'mayBreakOff' | 'judgedBy'> &
    Partial<Pick<Case, 'condition'>>;
};

/** Most findings of one check on one exchange: a body can be made to break a clause a hundred thousand times. */
const MOST_FINDINGS = 20;

/** Longest message, place or shape of a body in a finding, in characters: all of them are made of what the server wrote. */
const LONGEST = 500;

/** How often a check was applied and how often it found something, by check id. */
export type Tally = Record<string, { judged: number; broken: number }>;

/** Judges one exchange with every check that has something to say about it. */
export function judgeExchange(exchange: Exchange, matter: Matter, law: Law, tally: Tally): FindingWithEvidence[] {
  const body = bodyOf(exchange);
  const documented = documentedOf(exchange.response, matter, law);
  const subject: Subject = { exchange, body, documented, rules: law.rules };
  if (exchange.response) subject.response = exchange.response;
  if (matter.case) subject.case = matter.case;
  if (matter.effect !== undefined) subject.effect = matter.effect;
  const proof = makeProof(exchange, documented);
  const isOutside = isBeforeApi(exchange);
  return law.catalogue.exchange.flatMap((check) => {
    if (isOutside && law.clauses.get(check.clause)?.set === 'contract') return [];
    const problems = check.judge(subject);
    count(tally, check.id, problems);
    return (problems ?? [])
      .slice(0, MOST_FINDINGS)
      .map((problem) => stamp(check, shorten(problem), proof, matter, law));
  });
}

/** What all findings on one exchange have in common: made once, when it is asked for, since a body may be large. */
type Proof = { actual: number | null; documented: Documented; evidence: () => FreshEvidence };

function makeProof(exchange: Exchange, documented: Documented): Proof {
  let evidence: FreshEvidence | undefined;
  return {
    actual: exchange.response?.status ?? null,
    documented,
    evidence: () => {
      evidence ??= makeEvidence(exchange);
      return evidence;
    },
  };
}

/** Judges the exchanges of a cell together. `matters` runs beside `members`. */
export function judgeGroup(members: GroupMember[], matters: Matter[], law: Law, tally: Tally): FindingWithEvidence[] {
  return law.catalogue.group.flatMap((check) => {
    const problems = check.judge(members);
    count(tally, check.id, problems);
    return (problems ?? []).flatMap((problem) => {
      const [member, matter] = [members[problem.member], matters[problem.member]];
      if (!member || !matter) return [];
      const proof = makeProof(member.exchange, documentedOf(member.exchange.response, matter, law));
      return [stamp(check, problem, proof, matter, law)];
    });
  });
}

/** What is documented of an answer to an operation; nothing where none came. */
export function documentedOf(
  response: ResponseRecord | undefined,
  { operation }: Pick<Matter, 'operation'>,
  { rules }: Pick<Law, 'rules'>,
): Documented {
  if (!response) return {};
  const [contentType] = headerValues(response, 'content-type');
  return rules.documentedFor({
    operation,
    status: response.status,
    ...(contentType !== undefined && { contentType }),
  });
}

function bodyOf({ response }: Exchange): ParsedBody {
  return response ? parseBody(response) : { kind: 'empty' };
}

function count(tally: Tally, id: string, problems: Problem[] | undefined): void {
  if (!problems) return;
  const entry = tally[id] ?? { judged: 0, broken: 0 };
  tally[id] = { judged: entry.judged + 1, broken: entry.broken + (problems.length > 0 ? 1 : 0) };
}

/** Adds to a tally what another one has as broken, and nothing of what held. */
export function addBroken(tally: Tally, own: Tally): void {
  for (const [id, { broken }] of Object.entries(own)) {
    if (broken === 0) continue;
    const entry = tally[id] ?? { judged: 0, broken: 0 };
    tally[id] = { judged: entry.judged + broken, broken: entry.broken + broken };
  }
}

/** Bounds a problem. A pointer that is too long gives way to that of the nearest place above it. */
function shorten({ message, pointer, missing }: Problem): Problem {
  const short = message.length > LONGEST ? `${copyStart(message, LONGEST)}…` : message;
  if (pointer === undefined || pointer.length <= LONGEST)
    return { ...(pointer !== undefined && { pointer }), ...(missing !== undefined && { missing }), message: short };
  return { message: short, pointer: copyStart(pointer, LONGEST).replace(/\/[^/]*$/, '') };
}

function stamp(
  check: { id: string; clause: string },
  problem: Problem,
  proof: Proof,
  matter: Matter,
  law: Law,
): FindingWithEvidence {
  // That it is there was seen when the law was made.
  const clause = law.clauses.get(check.clause) as Clause;
  const { actual } = proof;
  return {
    check: check.id,
    clause: clause.id,
    level: clause.level,
    set: clause.set,
    operation: matter.operation,
    status: matter.status,
    case: matter.caseId,
    provocation: matter.provocation,
    ...(matter.condition && { condition: matter.condition }),
    ...(matter.kind !== undefined && { kind: matter.kind }),
    expected: matter.case?.expected ?? [],
    actual,
    seen: classOf(actual),
    provenance: matter.provenance,
    pointer: problem.pointer ?? '',
    place: law.rules.placeOf(proof.documented.schema, placePointer(problem)),
    message: problem.message,
    evidence: proof.evidence(),
  };
}

/** What is missing is looked for where it should stand. */
function placePointer({ pointer = '', missing }: Problem): string {
  return missing === undefined ? pointer : appendPointer(pointer, missing);
}
