/** So many escapes on top of each other are undone. */
const DEEPEST = 8;

/** What JSON and most languages, HTML and URLs write for a character, with however many backslashes before it. */
const ESCAPED = new RegExp(
  [
    String.raw`\\+(?:[ux]\{0*([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|([0-3][0-7]{2})|([nrt])|(["'/]))`,
    String.raw`&#x0*([\da-f]{1,6});?|&#0*(\d{1,7});?|%([\da-f]{2})|&(amp|quot);`,
  ].join('|'),
  'gi',
);

/** Quoted-printable, whose lines may go on. */
const QUOTED = /=\r?\n|=([\dA-F]{2})/g;

/** Lists of at least 12 bytes; there may be an index before each. */
const LIST = /(?:-?\d{1,3}(?:[\s,+]|"\d{1,6}":){1,40}){11,}-?\d{1,3}/g;

/** Base64 in lines, and hex with something between the bytes. */
const LINES = /(?<![A-Za-z\d+/_-])[A-Za-z\d+/_-]{8,}(?:\r?\n[ \t]*[A-Za-z\d+/_-]+)+/g;
const PARTED_HEX = /[\da-f]{2}(?:[\s:,+-]{1,3}(?:0x)?[\da-f]{2}){11,}/gi;

/** What a reader, or later code, makes of a text (bytes as Latin-1): by name, what differs from the text itself. */
export function reveal(text: string): [how: string, text: string][] {
  let plain = text;
  for (let depth = 0, last = ''; depth < DEEPEST && plain !== last; depth += 1) {
    last = plain;
    plain = last.replace(ESCAPED, readEscape);
  }
  const collect = (pattern: RegExp, read: (found: string) => string) =>
    [...plain.matchAll(pattern)].map(([each]) => read(each)).join(' ');
  const versions: [string, string][] = [
    ['without escapes', plain],
    ['without quoted-printable', plain.replace(QUOTED, (_, hex?: string) => (hex ? readCode(hex, 16) : ''))],
    ['what lists of bytes spell', collect(LIST, readList)],
    ['base64 in one line', collect(LINES, (found) => found.replace(/\s+/g, ''))],
    ['hex in one piece', collect(PARTED_HEX, (found) => found.replace(/0x|[^\da-f]/gi, ''))],
  ];
  return versions.filter(([, each]) => each !== text && each !== '');
}

function readEscape(_: string, ...groups: (string | undefined)[]): string {
  const [braces, unit, byte, octal, letter, other, hex, decimal, percent, name] = groups;
  if (octal !== undefined) return readCode(octal, 8);
  if (decimal !== undefined) return readCode(decimal, 10);
  if (letter !== undefined) return { n: '\n', r: '\r', t: '\t' }[letter.toLowerCase()] ?? '';
  if (name !== undefined) return name.toLowerCase() === 'amp' ? '&' : '"';
  return other ?? readCode(braces ?? unit ?? byte ?? hex ?? percent ?? '', 16);
}

function readList(list: string): string {
  const numbers = list.replace(/"\d{1,6}":/g, ' ').match(/-?\d+/g) ?? [];
  return String.fromCharCode(...numbers.slice(0, 10_000).map((each) => Number(each) & 255));
}

function readCode(digits: string, base: number): string {
  const code = Number.parseInt(digits, base);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
