/** A contract that is wrong; its message is one sentence that says where, what was expected and what was found. */
export class ContractError extends Error {
  override name = 'ContractError';
}
