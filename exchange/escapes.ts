import { EDGE } from './edge.ts';
import { type View, writeView } from './view.ts';
import type { Wanted } from './wanted.ts';

/** Ways of writing single characters: what shows that there may be some, the form of each, and what it stands for. */
export type Escape = { trigger: RegExp; pattern: RegExp; read(match: RegExpExecArray): string };

const HEX = '[0-9a-fA-F]';

/** As in JSON and most languages: `\u0065`, `\u{65}`, `\U00000065`, `\x65`, `\x{65}`, `\145`, `\n`, `\/`; a line that goes on. */
export const BACKSLASH: Escape = {
  trigger: /\\/,
  pattern: new RegExp(
    `\\\\(?:U00(${HEX}{6})|[uU](${HEX}{4})|[uUxX]\\{0*(${HEX}{1,6})\\}|[xX](${HEX}{2})|([0-3][0-7]{2}|[0-7]{1,2}(?![0-7${EDGE}]))|([bfnrt])|` +
      `\\r?\\n|([^A-Za-z0-9${EDGE}])|(?:[uU]\\{?${HEX}{0,7}|[xX]\\{?${HEX}{0,5}|[0-3]?[0-7])?(?=${EDGE}))`,
    'g',
  ),
  read: ([, long, unit, inBraces, byte, octal, letter, other]) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (letter !== undefined) return LETTERS[letter] ?? '';
    return other ?? toCharacter(Number.parseInt(unit ?? byte ?? inBraces ?? long ?? '', 16));
  },
};

const LETTERS: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Percent-encoding; a byte becomes the character of that number. */
const PERCENT: Escape = {
  trigger: /%/,
  pattern: new RegExp(`%(${HEX}{2})|%${HEX}?(?=${EDGE})`, 'g'),
  read: ([, byte]) => toCharacter(Number.parseInt(byte ?? '', 16)),
};

/** HTML's character references; as browsers read them, a number needs no semicolon. */
const REFERENCE: Escape = {
  trigger: /&/,
  pattern: new RegExp(
    `&(?:#0*(\\d{1,7})(?:;|(?![\\d${EDGE}]))|#[xX]0*(${HEX}{1,6})(?:;|(?!${HEX}|${EDGE}))|` +
      `(amp|lt|gt|quot|AMP|LT|GT|QUOT)(?:;|(?![A-Za-z0-9${EDGE}]))|([A-Za-z]{2,8});)|&#?[A-Za-z0-9]{0,8}(?=${EDGE})`,
    'g',
  ),
  read: ([all, decimal, hex, legacy, name]) => {
    if (decimal !== undefined) return toCharacter(Number(decimal));
    if (hex !== undefined) return toCharacter(Number.parseInt(hex, 16));
    const known = legacy?.toLowerCase() ?? name;
    return known === undefined ? '' : (NAMES[known] ?? all);
  },
};

/** The names of what is in ASCII (HTML §13.5), and of the blank that does not break. */
const NAMES: Record<string, string> = Object.fromEntries(
  [
    'amp& lt< gt> quot" apos\' Tab\t NewLine\n excl! num# dollar$ percnt% lpar( rpar) ast* midast* plus+ comma, period. sol/ colon:',
    'semi; equals= quest? commat@ lsqb[ lbrack[ bsol\\ rsqb] rbrack] Hat^ lowbar_ UnderBar_ grave` lcub{ lbrace{ verbar| vert|',
    'VerticalLine| rcub} rbrace} nbsp\xa0',
  ].flatMap((names) => names.split(' ').map((each) => [each.slice(0, -1), each.slice(-1)])),
);

/** Quoted-printable (RFC 2045 §6.7), whose lines go on behind a `=`. */
const QUOTED: Escape = {
  trigger: /=/,
  pattern: new RegExp(`=(${HEX}{2})|=[ \\t]{0,8}\\r?\\n|=${HEX}?\\r?(?=${EDGE})`, 'g'),
  read: ([, byte]) => toCharacter(Number.parseInt(byte ?? '', 16)),
};

/** UTF-16 of what is ASCII. */
const ZEROS: Escape = { trigger: /\0/, pattern: /\0+/g, read: () => '' };

/** UTF-8 that was taken for Latin-1, as bytes are here. */
const UTF8: Escape = {
  trigger: /[\xc2-\xf4][\x80-\xbf]/,
  pattern: /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g,
  read: ([bytes]) => {
    const lead = bytes.charCodeAt(0) & (0xff >> (bytes.length + 1));
    return toCharacter([...bytes].slice(1).reduce((code, byte) => (code << 6) | (byte.charCodeAt(0) & 0x3f), lead));
  },
};

/**
 * The escapes there are, those first that are taken for one by mistake the least. UTF-8 makes a difference only where something
 * beyond ASCII is looked for.
 */
export function listEscapes({ beyondAscii }: Wanted): Escape[] {
  return beyondAscii ? BEYOND_ASCII : IN_ASCII;
}

const IN_ASCII = [ZEROS, BACKSLASH, REFERENCE, PERCENT, QUOTED];
const BEYOND_ASCII = [UTF8, ...IN_ASCII];

/** The view of another in which each escape of a kind is what it stands for; undefined where there are none. */
export function readEscapes(view: View, { trigger, pattern, read }: Escape): View | undefined {
  const { text } = view;
  if (!trigger.test(text)) return undefined;
  const writer = writeView(view);
  let done = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    writer.copy(done, match.index);
    done = match.index + match[0].length;
    writer.put(read(match), match.index, done);
  }
  if (done === 0) return undefined;
  writer.copy(done, text.length);
  return writer.finish();
}

/** The character of a code point; nothing where there is none. */
function toCharacter(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
