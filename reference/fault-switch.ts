import { ApiError, ERROR_STATUSES, type ErrorStatus, invalid, unauthorized } from './errors.ts';

/** The request header that orders a simulated error. */
export const FAULT_HEADER = 'x-reference-fault';

/** Makes the ordered error, or nothing when the value is none of the nine statuses. */
export function readFault(value: string | string[] | undefined): ApiError | undefined {
  if (value === undefined) return undefined;
  const status = ERROR_STATUSES.find((candidate) => String(candidate) === value);
  return status === undefined ? undefined : makeFault(status);
}

function makeFault(status: ErrorStatus): ApiError {
  if (status === 401) return unauthorized(true);
  if (status === 422) return invalid({ base: ['is refused by the fault switch'] });
  return new ApiError(status, undefined, status === 429 ? { headers: { 'retry-after': '1' } } : {});
}
