import type { Span, View } from './view.ts';

/** Shortest secret that is looked for, and shortest half of one; a shorter one cannot be told from text. */
export const SHORTEST = 4;

/** Shortest secret that is also found in other letter cases; a shorter one would be found by chance. */
const SHORTEST_FOLDED = 8;

/** Shortest secret whose beginning alone is found: of a shorter one, half is a word. */
const SHORTEST_BEGUN = 16;

/** Most characters that are searched for at once: the search for a longer text takes its square at worst. */
const STEM = 64;

/** A text that tells a secret, and the beginning of it that does; where not all of it stands, it ends after `most` characters. */
export type Needle = { name: string; text: string; isFolded: boolean; stem: string; beginning: string; most: number };

/** A view that is searched, and its text in lower case. */
export type Sought = { view: View; folded: string };

/** Makes a view ready to be searched. */
export function foldView(view: View): Sought {
  return { view, folded: fold(view.text) };
}

/** The text in which a needle is to be looked for. */
export function textFor({ isFolded }: Needle, { view, folded }: Sought): string {
  return isFolded ? folded : view.text;
}

/** Lower case, with each character where it was: only one has a lower case of two. */
function fold(text: string): string {
  return text.replaceAll('\u0130', 'i').toLowerCase();
}

/**
 * What to look for so that a secret is found. `mayBegin` says that its beginning is enough: more than the first half, as a
 * server shows it that shortens what it quotes. The middle is within, so that a changed secret is not taken for the one it
 * was made of.
 */
export function listNeedles(name: string, value: string, mayBegin: boolean): Needle[] {
  // As it is, and as a form writes it.
  const forms = [value, value.replaceAll(' ', '+')];
  const isFolded = (form: string) => form.length >= SHORTEST_FOLDED;
  const texts = forms.flatMap((form) => (isFolded(form) ? [fold(form), fold(form.toUpperCase())] : [form]));
  return [...new Set(texts)]
    .filter((text) => text.length >= SHORTEST)
    .map((text) => {
      const least = mayBegin && text.length >= SHORTEST_BEGUN ? Math.floor(text.length / 2) + 1 : text.length;
      // What ends a quotation is left to it.
      const end = text.slice(least).search(/["'\\<]/);
      const most = end < 0 ? text.length : least + end;
      const beginning = text.slice(0, least);
      return { name, text, isFolded: isFolded(text), stem: beginning.slice(0, STEM), beginning, most };
    });
}

/** Tells of each place in a view where a needle stands, in whole or begun. */
export function findNeedle(needle: Needle, sought: Sought, found: (span: Span, isWhole: boolean) => void): void {
  const { text: whole, stem, beginning, most } = needle;
  const text = textFor(needle, sought);
  let end = 0;
  for (let at = text.indexOf(stem); at >= 0; at = text.indexOf(stem, end)) {
    end = at + 1;
    // By comparing slices, since these are not read one character at a time.
    if (text.slice(at, at + beginning.length) !== beginning) continue;
    const isWhole = text.slice(at, at + whole.length) === whole;
    end = at + (isWhole ? whole : beginning).length;
    while (!isWhole && end - at < most && text[end] === whole[end - at]) end += 1;
    found({ start: at, end }, isWhole);
  }
}
