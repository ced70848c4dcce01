// Controls, format characters (bidi overrides, zero-width marks), line separators and lone surrogates: all that can change
// how the text around it is read, by a terminal or by a person.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const picture = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
};

/** Makes every hidden character of a text visible, line ends too: `\u001b` becomes `␛`, `\u202e` becomes `[U+202E]`. */
export const showLine = (text: string): string => text.replace(HIDDEN, picture);

/** As `showLine`, but line feeds and tabs stay, for text that is shown in a block of its own. */
export const showBlock = (text: string): string =>
  text.replace(HIDDEN, (character) => (character === '\n' || character === '\t' ? character : picture(character)));

/** Cuts a text to at most `limit` UTF-16 units, never through a pair, and marks the cut with an ellipsis. */
export const cutText = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const end = Math.max(0, limit - 1);
  const before = text.charCodeAt(end - 1);
  return `${text.slice(0, before >= 0xd800 && before <= 0xdbff ? end - 1 : end)}…`;
};
