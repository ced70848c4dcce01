import type { TargetProfile } from '../plan/case.ts';
import type { Json } from '../schemas/contract.ts';
import { SettingsError } from './settings-error.ts';

type Hidden = { profile: TargetProfile; secrets: Record<string, string> };

/** Names of headers and fields whose value is a secret, whatever the profile's author thought. */
const SECRET_NAME =
  /pass(?:word|phrase|wd)|secret|token|credential|authorization|cookie|signature|jwt|auth[_-]?value|(?<!primary|foreign|public)[_-]key$|^api-?key$|seed$/i;

/** What stands for a variable of the environment; its name begins like those that the curl commands of a report name. */
const VARIABLE = /\$\{(API_SECRET(?:_[A-Z]+)+)\}/g;

/** The password in a URL. */
const IN_URL = /(?<=:\/\/[^\s:@/]{0,200}:)[^\s:@/{]+(?=@)/g;

/** Shortest value that redaction can tell from ordinary text. */
const MIN_LENGTH = 4;

/**
 * The profile with a placeholder (`{{secretPassword}}`) for every secret in headers and in bodies, and the secrets
 * by name: variables `${API_SECRET_…}`, values of fields and headers that are named like a credential, passwords in URLs.
 * Throws a SettingsError for a variable that is not set. Without an environment, as where nothing is sent, the profile alone
 * is of use.
 */
export function hideSecrets(profile: TargetProfile, env?: Record<string, string | undefined>): Hidden {
  const secrets: Record<string, string> = {};
  const hide = (wanted: string, value: string): string => {
    let name = wanted;
    for (let count = 2; Object.hasOwn(secrets, name) && secrets[name] !== value; count += 1) name = `${wanted}${count}`;
    secrets[name] = value;
    return `{{${name}}}`;
  };
  const hideText = (name: string, text: string): string => {
    const filled = text.replace(VARIABLE, (_, variable: string) => {
      const value = (env ? env[variable] : variable) ?? '';
      if (value.length < MIN_LENGTH)
        throw new SettingsError(
          `The target profile "${profile.name}" names ${variable}, which is not set, or too short to be told from text.`,
        );
      return hide(secretName(variable.slice('API_SECRET_'.length)), value);
    });
    if (filled !== text) return filled;
    // A value that is a mere word of the field's name is no secret, and hiding it would hide the name.
    const isWord = name.toLowerCase().includes(text.toLowerCase());
    if (SECRET_NAME.test(name) && text.length >= MIN_LENGTH && !isWord) return hide(secretName(name), text);
    return text.replace(IN_URL, (password) =>
      password.length < MIN_LENGTH ? password : hide(secretName(`${name} password`), password),
    );
  };
  const hideIn = (name: string, value: Json): Json => {
    if (typeof value === 'string') return hideText(name, value);
    if (Array.isArray(value)) return value.map((each) => hideIn(name, each));
    return value === null || typeof value !== 'object' ? value : hideAll(value);
  };
  const hideAll = <Value extends Json>(fields: Record<string, Value>): Record<string, Value> =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, hideIn(name, value) as Value]));
  const faults = profile.faults.map(({ headers, body, ...fault }) => ({
    ...fault,
    ...(headers && { headers: hideAll(headers) }),
    ...(body && { body: hideAll(body) }),
  }));
  const bodies = Object.entries(profile.bodies).map(([operation, body]) => [operation, hideAll(body)] as const);
  const headers = Object.entries(profile.headers).map(([operation, each]) => [operation, hideAll(each)] as const);
  const hidden = { faults, bodies: Object.fromEntries(bodies), headers: Object.fromEntries(headers) };
  return { profile: { ...profile, ...hidden }, secrets };
}

/** `FAULT_KEY` and `X-Fault-Key` are `secretFaultKey` and `secretXFaultKey`. */
function secretName(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return `secret${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join('')}`;
}
