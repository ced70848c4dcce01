/** A setting that is wrong; its message is one sentence that says which, what was expected and what was found. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}
