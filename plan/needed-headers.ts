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
  const added = Object.entries({ ...headers.all, ...headers[operation.id] });
  const isAdded = (name: string) => added.some(([each]) => each.toLowerCase() === name.toLowerCase());
  const others = operation.parameters.filter((each) => each.in !== 'header' || !isAdded(each.name));
  const parameters = added.map(([name, example]) => ({
    name,
    in: 'header' as const,
    required: true,
    schema: {},
    example,
  }));
  return { ...operation, parameters: [...others, ...parameters] };
}
