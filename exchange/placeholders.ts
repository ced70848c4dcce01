import { randomUUID } from 'node:crypto';

const PLACEHOLDER = /\{\{([A-Za-z][A-Za-z0-9]*)((?::[a-z]+)*)\}\}/g;

/** What stands for another value in each request. */
const FRESH = '{{uuid}}';

/**
 * Replaces `{{name}}` by a secret value (name → value), `{{name:changed}}` by one that is wrong, and `{{uuid}}` by a new UUID. `:basic`
 * behind it makes base64 of it, as of user and password (RFC 7617), and `:url` encodes it for a query. Throws an Error for what it does not know.
 */
export function fillPlaceholders(text: string, secrets: Record<string, string>): string {
  return fillFresh(text).replace(PLACEHOLDER, (placeholder, name: string, forms: string) => {
    const value = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
    const filled = value === undefined ? undefined : applyForms(value, forms.split(':').slice(1));
    if (filled === undefined) throw new Error(`unknown placeholder ${placeholder}`);
    return filled;
  });
}

/** Puts a new UUID wherever one is asked for. */
export function fillFresh(text: string): string {
  return text.replaceAll(FRESH, () => randomUUID());
}

function applyForms(value: string, forms: string[]): string | undefined {
  const isPair = forms.includes('basic');
  let filled = value;
  for (const form of forms) {
    if (form === 'changed') filled = isPair ? changePassword(filled) : changeSecret(filled);
    else if (form === 'basic') filled = Buffer.from(filled).toString('base64');
    else if (form === 'url') filled = encodeURIComponent(filled);
    else return undefined;
  }
  return filled;
}

/** Of user and password the password is changed: without the colon between them the two would be no pair. */
function changePassword(pair: string): string {
  const colon = pair.indexOf(':');
  return colon < 0 || colon === pair.length - 1
    ? changeSecret(pair)
    : pair.slice(0, colon + 1) + changeSecret(pair.slice(colon + 1));
}

/** Whether `fillPlaceholders` would put a secret into a text. */
export function namesSecret(text: string): boolean {
  return text.replaceAll(FRESH, '').search(PLACEHOLDER) >= 0;
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
