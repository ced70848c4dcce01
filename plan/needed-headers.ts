import type { Contract, Operation } from '../schemas/contract.ts';
import type { TargetProfile } from './case.ts';

/** The contract as it is asked of one target: its operations also require the headers that the profile names for them. */
export function withNeededHeaders<Some extends Pick<Contract, 'operations'>>(
  contract: Some,
  { headers }: Pick<TargetProfile, 'headers'>,
): Some {
  if (Object.keys(headers).length === 0) return contract;
  return { ...contract, operations: contract.operations.map((each) => withHeaders(each, headers)) };
}

function withHeaders(operation: Operation, headers: TargetProfile['headers']): Operation {
  // Names compare without regard to case, and the operation's own come before those of all.
  const named = [headers.all, headers[operation.id]].flatMap((each) => Object.entries(each ?? {}));
  const added = new Map(named.map(([name, example]) => [name.toLowerCase(), { name, example }]));
  const isAdded = (name: string) => added.has(name.toLowerCase());
  const others = operation.parameters.filter((each) => each.in !== 'header' || !isAdded(each.name));
  const parameters = [...added.values()].map((each) => ({
    ...each,
    in: 'header' as const,
    required: true,
    schema: {},
  }));
  return { ...operation, parameters: [...others, ...parameters] };
}
