// Controls, format characters (bidi overrides, zero-width marks), line separators and lone surrogates: all that can change
// how the text around it is read, by a terminal or by a person. Line feeds stay.
const HIDDEN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Takes a text what terminals and CI systems read into it, since Playwright's own reporters print it as it stands: hidden characters
 * become visible, and nothing is a workflow command of GitHub or Azure any more.
 */
export function disarm(text: string): string {
  return text
    .replace(HIDDEN, (each) => `[U+${(each.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`)
    .replace(/^([^\S\n]*):(?=:)/gm, '$1: ')
    .replace(/##(?=\w*\[)/g, '# #');
}
