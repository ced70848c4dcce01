/** Ways in which a server may write a text down, by name. */
export const SPELLINGS: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'in lower case': (text) => text.toLowerCase(),
  'in upper case': (text) => text.toUpperCase(),
  'in base64': base64,
  'in base64, one byte in': (text) => base64(`a${text}`),
  'in base64, two bytes in': (text) => base64(`ab${text}`),
  'in base64 for URLs': (text) => Buffer.from(`user:${text}`).toString('base64url'),
  'in base64 of base64': (text) => base64(base64(`x:${text}`)),
  'in base64 in lines of 60': (text) => wrap(base64(`${fill(30)}${text}${fill(30)}`), 60, '\n'),
  'in base64 in lines of 76, as MIME has it': (text) => wrap(base64(`${fill(40)}${text}${fill(40)}`), 76, '\r\n'),
  'in base64 in lines of 76, in a string': (text) => wrap(base64(`${fill(41)}${text}${fill(40)}`), 76, '\\r\\n'),
  'in base64 in lines of 60, in a string': (text) => wrap(base64(`${fill(32)}${text}${fill(30)}`), 60, '\\n'),
  'for a URL': encodeURIComponent,
  'for a URL, in lower case': (text) => encodeURIComponent(text).replace(/%../g, (each) => each.toLowerCase()),
  'for a URL, twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'for a form': (text) => encodeURIComponent(text).replaceAll('%20', '+'),
  'with every byte percent-encoded': (text) => hex(text).replace(/../g, '%$&'),
  'in hex': hex,
  'in upper-case hex': (text) => hex(text).toUpperCase(),
  'in a hex dump': (text) => hex(text).replace(/..(?!$)/g, '$& '),
  'in hex with colons': (text) => hex(text).replace(/..(?!$)/g, '$&:'),
  'in C’s hex': (text) => bytesOf(text, (byte) => `0x${byte.toString(16).padStart(2, '0')}`, ', '),
  'as JSON': (text) => JSON.stringify(text),
  'as JSON in JSON': (text) => JSON.stringify(JSON.stringify(text)),
  'as JSON with escaped slashes': (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  'as JSON in ASCII': (text) => escapeUnits(text, /[<>&'"\\]|[^ -~]/g),
  'with \\u': (text) => escapeUnits(text, /./gs),
  'with \\u in JSON': (text) => JSON.stringify(escapeUnits(text, /./gs)),
  'with \\u{}': (text) => [...text].map((each) => `\\u{${codeOf(each).toString(16)}}`).join(''),
  'with \\u{} and zeros': (text) => [...text].map((each) => `\\u{00${codeOf(each).toString(16)}}`).join(''),
  'with \\x': (text) => bytesOf(text, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`),
  'with \\x{}': (text) => [...text].map((each) => `\\x{${codeOf(each).toString(16)}}`).join(''),
  'in octal': (text) => bytesOf(text, (byte) => `\\${byte.toString(8).padStart(3, '0')}`),
  'as HTML': (text) => text.replace(/[&<>"']/g, (each) => HTML[each] ?? each),
  'with character references': (text) => [...text].map((each) => `&#${codeOf(each)};`).join(''),
  'with character references and zeros': (text) => [...text].map((each) => `&#000${codeOf(each)};`).join(''),
  'with character references without semicolon': (text) => [...text].map((each) => `&#${codeOf(each)}`).join(''),
  'with character references in hex': (text) => [...text].map((each) => `&#x${codeOf(each).toString(16)};`).join(''),
  'with character references in upper-case hex': (text) =>
    [...text].map((each) => `&#X0${codeOf(each).toString(16).toUpperCase()};`).join(''),
  'as HTML with \\u': (text) => escapeUnits(text, /./gs).replaceAll('\\', '&#92;'),
  'as a list': (text) => JSON.stringify([...Buffer.from(text)]),
  'as a list, one to a line': (text) => JSON.stringify([...Buffer.from(text)], undefined, 2),
  'as Node’s Buffer': (text) => JSON.stringify(Buffer.from(text)),
  'as a Uint8Array': (text) => JSON.stringify(new Uint8Array(Buffer.from(text))),
  'as Go prints bytes': (text) => `[${bytesOf(text, String, ' ')}]`,
  'as Elixir prints bytes': (text) => `<<${bytesOf(text, String, ', ')}>>`,
  'as Java prints bytes': (text) => `[${[...new Int8Array(Buffer.from(text))].join(', ')}]`,
  'quoted-printable': (text) =>
    bytesOf(text, (byte) => (byte > 32 && byte < 127 && byte !== 61 ? String.fromCharCode(byte) : quote(byte))),
  'quoted-printable, every byte': (text) => bytesOf(text, quote),
  'quoted-printable in short lines': (text) =>
    bytesOf(text, (byte) => (/\w/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : quote(byte))).replace(
      /(?:=..|[^=]){7}/g,
      '$&=\r\n',
    ),
  'in UTF-16': (text) => Buffer.from(text, 'utf16le').toString('latin1'),
};

const HTML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function hex(text: string): string {
  return Buffer.from(text).toString('hex');
}

/** Some text of a length, so that what follows stands in the middle of something. */
function fill(length: number): string {
  return 'some text '.repeat(length).slice(0, length);
}

function wrap(text: string, width: number, end: string): string {
  return text.replace(new RegExp(`.{${width}}(?!$)`, 'g'), (line) => `${line}${end}`);
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function quote(byte: number): string {
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

function bytesOf(text: string, write: (byte: number) => string, between = ''): string {
  return [...Buffer.from(text)].map(write).join(between);
}

function escapeUnits(text: string, which: RegExp): string {
  return text.replace(which, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
