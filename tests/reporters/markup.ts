/** One start tag: its name and its attributes. */
export type Tag = { name: string; attributes: Map<string, string> };

const VOID = new Set(['meta', 'input', 'img', 'br', 'hr', 'link']);
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*(\/?)>/y;
const ATTRIBUTE = /([a-zA-Z-]+)(?:="([^"]*)")?/g;

const decode = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39|#96);/g, (entity) => {
    const known: Record<string, string> = {
      '&amp;': '&',
      '&lt;': '<',
      '&gt;': '>',
      '&quot;': '"',
      '&#39;': "'",
      '&#96;': '`',
    };
    return known[entity] ?? entity;
  });

/**
 * Reads the page strictly: every `<` starts a well-formed tag and every element is closed by its own end tag.
 * Throws otherwise, with the place. Style and script are taken as they stand.
 */
export const readTags = (page: string): Tag[] => {
  const tags: Tag[] = [];
  const open: string[] = [];
  let place = page.indexOf('>') + 1;
  for (;;) {
    place = page.indexOf('<', place);
    if (place === -1) break;
    TAG.lastIndex = place;
    const match = TAG.exec(page);
    if (match === null) throw new Error(`no tag: ${page.slice(place, place + 80)}`);
    const [whole, slash, name = '', attributes = '', empty] = match;
    place += whole.length;
    if (slash === '/') {
      const opened = open.pop();
      if (opened !== name) throw new Error(`</${name}> closes <${opened}> before ${page.slice(place, place + 80)}`);
      continue;
    }
    tags.push({
      name,
      attributes: new Map([...attributes.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, decode(value)])),
    });
    if (name === 'style' || name === 'script') place = page.indexOf(`</${name}>`, place);
    if (!VOID.has(name) && empty === '') open.push(name);
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(' ')}`);
  return tags;
};
