import { type Answers, answersTo } from '../schemas/answers.ts';
import type { Condition } from '../schemas/conditions.ts';
import type { Contract, Operation } from '../schemas/contract.ts';
import type { Capabilities, Case, Control, Danger, Draft, Provocation, Scene, Via } from './case.ts';
import { whyUnsendable } from './places.ts';

/** An operation × a status, before anything is sent. */
export type PlannedCell = {
  operation: Operation;
  status: number;
  /** Why the error cannot occur here; absent when it can. */
  notApplicable?: string;
  provocations: Provocation[];
  /** Provocations that this run may not or cannot use, and why; `lacking` when no run on this target can. */
  dropped: { provocation: string; reason: string; lacking?: true }[];
  /** Why generated input that belongs here is not sent. */
  unprobed?: string;
};

/** Every cell of the matrix: which can occur, and what may be used to provoke it. */
export function planCells(contract: Contract, provocations: Provocation[], capabilities: Capabilities): PlannedCell[] {
  return contract.operations.flatMap((operation) =>
    contract.statuses.map((status) => planCell(operation, status, provocations, capabilities, contract)),
  );
}

function planCell(
  operation: Operation,
  status: number,
  provocations: Provocation[],
  capabilities: Capabilities,
  contract: Contract,
): PlannedCell {
  const cell: PlannedCell = { operation, status, provocations: [], dropped: [] };
  const notApplicable = operation.notApplicable[status];
  if (notApplicable !== undefined) return { ...cell, notApplicable };
  const unsendable = whyUnsendable(operation, contract, capabilities.profile.objects);
  for (const provocation of provocations) {
    if (answersOf(provocation, operation, contract)?.required[0] !== status) continue;
    if (!provocation.appliesTo(operation)) continue;
    if (provocation.isFor && !provocation.isFor(operation, capabilities)) continue;
    const danger = provocation.danger(operation);
    if (provocation.via === 'probe' && !(capabilities.generation && capabilities.allow.includes(danger))) {
      cell.unprobed = capabilities.generation ? notAllowed(danger) : 'no input is generated';
      continue;
    }
    // What is missing comes first: to allow a class helps nobody who lacks what it would use.
    const lacks = unsendable ?? provocation.lacks?.(operation, capabilities);
    if (lacks !== undefined) {
      cell.dropped.push({ provocation: provocation.id, reason: lacks, lacking: true });
    } else if (!capabilities.allow.includes(danger)) {
      cell.dropped.push({ provocation: provocation.id, reason: notAllowed(danger) });
    } else {
      cell.provocations.push(provocation);
    }
  }
  return cell;
}

/** The statuses that answer a provocation, or one of its cases, on an operation; undefined where it documents none. */
function answersOf(
  { condition, status }: Pick<Provocation, 'condition' | 'status'>,
  operation: Operation,
  contract: Contract,
): Answers | undefined {
  if (status === undefined) return answersTo(condition, operation, contract);
  return operation.errors.includes(status) ? { required: [status], tolerated: [] } : undefined;
}

/** Whether some of a cell's cases are brought about in this way. */
export function hasVia(cell: PlannedCell, via: Via): boolean {
  return cell.provocations.some((provocation) => provocation.via === via);
}

/** Whether some of a cell's cases bring a condition about. */
export function hasCondition({ provocations }: Pick<PlannedCell, 'provocations'>, condition: Condition): boolean {
  return provocations.some((provocation) => provocation.condition === condition);
}

function notAllowed(danger: Danger): string {
  return `needs the danger class "${danger}", which is not allowed`;
}

/** Why a cell without any usable provocation is untestable; undefined when it has one. */
export function whyUntestable(cell: PlannedCell): string | undefined {
  // Probes can only convict: where there is nothing else, nothing is provoked.
  if (cell.provocations.some((provocation) => provocation.via !== 'probe')) return undefined;
  const reasons = cell.dropped.map(({ reason }) => reason);
  return reasons.length > 0 ? joinReasons(reasons) : 'no provocation is known for it';
}

/** What a plan comes to: the cases, why the rest of the provocations gave none, and why another run might look further. */
export type Expansion = { cases: Case[]; missing?: string; partial?: string };

/** The cases of a cell on a target whose objects are known. */
export function expandCell(cell: PlannedCell, scene: Scene): Expansion {
  const cases: Case[] = [];
  const missing = cell.dropped.map(({ reason }) => reason);
  const partial = cell.dropped.flatMap(({ reason, lacking }) => (lacking ? [] : [reason])).concat(cell.unprobed ?? []);
  const leave = (reason: string) => {
    missing.push(reason);
    partial.push(reason);
  };
  const mock = scene.capabilities.faultDriver?.mock ? scene.capabilities.faultDriver : undefined;
  for (const provocation of cell.provocations) {
    const yielded = provocation.cases(cell.operation, scene, cell.status);
    if (!Array.isArray(yielded)) {
      leave(yielded.untestable);
      continue;
    }
    for (const draft of yielded) {
      const each = stamp(draft, provocation, cell, scene.contract);
      if (each.withheld !== undefined) partial.push(each.withheld);
      const forbidden = forbiddenClass(each, scene.capabilities);
      if (forbidden) leave(notAllowed(forbidden));
      // Nothing that a mock says comes from the API itself.
      else cases.push(mock ? { ...each, provenance: mock.provenance } : each);
    }
  }
  if (cases.length === 0 && missing.length === 0) missing.push('nothing of what it takes is known here');
  return {
    cases,
    ...(missing.length > 0 && { missing: joinReasons(missing) }),
    ...(partial.length > 0 && { partial: joinReasons(partial) }),
  };
}

/** The same, with some of the cases kept back for a reason. */
export function withholdCases(expansion: Expansion, withheld: readonly Case[], reason: string): Expansion {
  const cases = expansion.cases.map((each) => (withheld.includes(each) ? { ...each, withheld: reason } : each));
  return { ...expansion, cases, partial: joinReasons([...(expansion.partial ? [expansion.partial] : []), reason]) };
}

/** A case of what a provocation made. */
export function stamp(
  { also = [], ...draft }: Draft,
  provocation: Pick<Provocation, 'condition' | 'status' | 'via'>,
  { operation, status }: Pick<PlannedCell, 'operation' | 'status'>,
  contract: Contract,
): Case {
  const condition = draft.condition ?? provocation.condition;
  const { required, tolerated } = answersOf({ ...provocation, condition }, operation, contract) ?? {
    required: [],
    tolerated: [],
  };
  // The cell's own first: by that a case is judged.
  const expected = [...new Set([status, ...required, ...also])];
  const others = tolerated.filter((each) => !expected.includes(each));
  return {
    ...draft,
    condition,
    via: provocation.via ?? 'request',
    expected,
    ...(others.length > 0 && { tolerated: others }),
  };
}

function joinReasons(reasons: string[]): string {
  return [...new Set(reasons)].join('; ');
}

/** The last gate before sending: no case and no control of a class that is not allowed gets past it. */
function forbiddenClass(each: Case, { allow }: Capabilities): Danger | undefined {
  return [each.danger, ...each.controls.map((control) => control.danger)].find((danger) => !allow.includes(danger));
}

/** Every control that the cases need, each once, in the order in which they have to be sent. */
export function collectControls(cases: Case[]): Control[] {
  const controls = new Map<string, Control>();
  for (const control of cases.flatMap((each) => each.controls))
    if (!controls.has(control.id)) controls.set(control.id, control);
  return [...controls.values()].sort((one, other) => one.stage - other.stage);
}
