/** Shortest secret that is also looked for in other letter cases and as hex; shorter ones would be found by chance. */
const MIN_FOLDED = 8;

/** A backslash that is not itself escaped, so that what is left before the first character of a secret is still JSON. */
const ESCAPE = '\\\\(?<=(?<!\\\\)(?:\\\\\\\\){0,8}\\\\)';

const ENTITIES: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/** A pattern for each character of a secret as it may be written, one behind the other. */
export type Spelling = string[];

/**
 * The ways in which a server may write a secret back: plain, percent-encoded, escaped for JSON or HTML (again and again, where it was written into something that was written into
 * something), in another letter case, in hex, and in base64. Their patterns fit text as well as bytes read as Latin-1, and
 * run in linear time, since every repetition has a bound and none stands first.
 */
export function spellSecret(value: string): Spelling[] {
  const isFolded = value.length >= MIN_FOLDED;
  const characters = [...value];
  const spellings = [characters.map((each, index) => spellCharacter(each, index === 0, isFolded))];
  const bytes = Buffer.from(value);
  // A byte each as in a hex dump or in the escapes of many languages.
  const between = '(?:\\\\{0,8}x|%(?:25){0,3}|[: -])?';
  if (isFolded) spellings.push([...bytes].map((byte, index) => `${index === 0 ? '' : between}${spellHex(byte)}`));
  const written = new Set([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]);
  for (const text of written) for (const form of listBase64(text)) spellings.push([...form].map(spellBase64));
  return spellings;
}

/** Shortest secret whose beginning alone is masked: of a shorter one, half is a word. */
const MIN_BEGUN = 16;

/**
 * The beginning of a secret as a server shows it that shortens what it quotes: of its spelling at least so many characters, more
 * than the first half, and any that follow. Undefined where that would be found by chance. The middle is within, so that a
 * changed secret is not taken for the one it was made of; what ends a quotation is left to it.
 */
export function spellBeginning(value: string): { spelling: Spelling; least: number } | undefined {
  if (value.length < MIN_BEGUN) return undefined;
  const characters = [...value];
  const least = Math.floor(value.length / 2) + 1;
  const spelled = characters.map((each, index) => spellCharacter(each, index === 0, true));
  const end = characters.findIndex((each, index) => index >= least && /["'\\<]/.test(each));
  return { spelling: end < 0 ? spelled : spelled.slice(0, end), least };
}

function spellCharacter(character: string, isFirst: boolean, isFolded: boolean): string {
  const cases = new Set([character, ...(isFolded ? [character.toLowerCase(), character.toUpperCase()] : [])]);
  const ways = [...cases].flatMap((each) => [escapePattern(each), ...listEscapes(each, isFirst)]);
  // By twos: were an odd number of backslashes taken, what follows them would have lost, or won, the one that escapes it.
  if (character === '\\') ways.unshift('(?:\\\\\\\\){1,4}');
  return `(?:${[...new Set(ways)].join('|')})`;
}

function listEscapes(character: string, isFirst: boolean): string[] {
  const bytes = Buffer.from(character);
  const percent = [...bytes].map((byte) => `%(?:25){0,3}${spellHex(byte)}`).join('');
  if (/^[A-Za-z0-9]$/.test(character)) return [percent];
  const units = [...character.matchAll(/[\s\S]/g)].map(([unit]) => unit.charCodeAt(0));
  const code = character.codePointAt(0) ?? 0;
  const named = ENTITIES[character];
  return [
    percent,
    // Bytes that are searched as Latin-1, also those of a text that was read as Latin-1 before.
    ...(bytes.length > 1 ? [escapePattern(asLatin1(character)), escapePattern(asLatin1(asLatin1(character)))] : []),
    ...(character === '\\' ? [] : [`${isFirst ? ESCAPE : '\\\\{1,8}'}${escapePattern(character)}`]),
    units.map((unit) => `\\\\{1,8}u${[unit >> 8, unit & 255].map(spellHex).join('')}`).join(''),
    `&(?:amp;){0,3}#0{0,4}${code};`,
    `&(?:amp;){0,3}#[xX]0{0,4}${spellDigits(code.toString(16))};`,
    ...(named === undefined ? [] : [`&(?:amp;){0,3}${named};`]),
    ...(character === ' ' ? ['\\+'] : []),
  ];
}

function asLatin1(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function spellHex(byte: number): string {
  return spellDigits(byte.toString(16).padStart(2, '0'));
}

function spellDigits(digits: string): string {
  return digits.replace(/[a-f]/g, (each) => `[${each}${each.toUpperCase()}]`);
}

/** The two alphabets of base64 (RFC 4648 §4, §5), and how the first one is escaped where it has to be. */
function spellBase64(character: string): string {
  if (character === '+') return '(?:[+-]|%(?:25){0,3}2[bB]|\\\\{1,8}u002[bB])';
  if (character === '/') return '(?:[/_]|\\\\{1,8}/|%(?:25){0,3}2[fF])';
  return character === '=' ? '(?:=|%(?:25){0,3}3[dD]|\\\\{1,8}u003[dD])' : character;
}

function listBase64(text: string): string[] {
  return [0, 1, 2].flatMap((offset) => base64At(Buffer.from(text), offset));
}

/** The base64 of a secret that stands `offset` (mod 3) bytes into something longer, such as `user:token` (RFC 7617 §2). */
export function base64At(bytes: Buffer, offset: number): string[] {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  // Only characters all of whose six bits come from the secret.
  const core = whole.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  return [...(offset === 0 ? [whole] : []), ...(core.length >= 8 ? [core] : [])];
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
