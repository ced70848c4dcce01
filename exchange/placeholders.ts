const PLACEHOLDER = /\{\{([A-Za-z][A-Za-z0-9]*)(:changed)?\}\}/g;

/** Replaces `{{name}}` and `{{name:changed}}` by secret values (name → value); throws an Error for a name it does not know. */
export function fillPlaceholders(text: string, secrets: Record<string, string>): string {
  return text.replace(PLACEHOLDER, (placeholder, name: string, changed: string | undefined) => {
    const value = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
    if (value === undefined) throw new Error(`unknown placeholder ${placeholder}`);
    return changed === undefined ? value : changeSecret(value);
  });
}

/** Whether `fillPlaceholders` would put a secret into a text. */
export function namesSecret(text: string): boolean {
  return text.search(PLACEHOLDER) >= 0;
}

/**
 * Fills the placeholders of a target profile's secrets (`{{secretPassword}}`) in a body, read as Latin-1, as JSON text. All
 * else stays: a body may hold what looks like a placeholder, and no token belongs there.
 */
export function fillSecrets(body: string, secrets: Record<string, string>): string {
  return body.replace(PLACEHOLDER, (placeholder, name: string) => {
    const value = name.startsWith('secret') && Object.hasOwn(secrets, name) ? secrets[name] : undefined;
    return value === undefined ? placeholder : Buffer.from(JSON.stringify(value).slice(1, -1)).toString('latin1');
  });
}

/**
 * The secret with one character in the middle exchanged for another letter or digit: same length, still well-formed. The
 * middle, because the last character of a base64 token may carry no bits, and then the changed token would still be valid. Never
 * a mere change of case, so that the two can be told apart in whatever case they come back.
 */
export function changeSecret(value: string): string {
  if (value === '') throw new Error('an empty secret cannot be changed');
  const middle = Math.floor(value.length / 2);
  return `${value.slice(0, middle)}${/x/i.test(value[middle] ?? '') ? 'y' : 'x'}${value.slice(middle + 1)}`;
}

/** The name under which the value of a configured header is a secret: `X-Tenant` → `headerXTenant`. */
export function headerSecret(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return `header${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}
