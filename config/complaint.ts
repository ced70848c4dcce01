import { ContractError } from '../schemas/contract-error.ts';
import { SettingsError } from './settings-error.ts';

/** Whether an error is about what the suite was given, so that its message says all there is to say. */
export function isComplaint(error: unknown): error is SettingsError | ContractError {
  return error instanceof SettingsError || error instanceof ContractError;
}
