import { existsSync } from 'node:fs';
import { isAbsolute, join, posix } from 'node:path';
import { type Document, readDocument } from '../documents/read-document.ts';
import { ContractError } from './contract-error.ts';
import { type Part, partAt, wholeOf } from './part.ts';

/** What a reference leads to: a part, out of the contract's directory, or nowhere. */
type Target = Part | 'outside' | undefined;

/** Follows a reference (a relative file, a JSON pointer behind `#`, or both) that stands in a document. */
export type Follow = (ref: string, from: Document) => Target;

/** A scheme, or a host after two slashes: a URL and no file. */
const URL_START = /^([a-z][a-z0-9+.-]+:|\/\/)/i;

/**
 * Follows the references of a contract, from one file of its directory to another; `whole` is the file called `name`. A file is
 * read when a reference first leads to it, with a ContractError where it cannot be.
 */
export function openLibrary(directory: string, name: string, whole: Document): Follow {
  const documents = new Map([[name, whole]]);
  const names = new Map([[whole, name]]);
  const open = (file: string): Document | undefined => {
    const known = documents.get(file);
    if (known || !existsSync(join(directory, file))) return known;
    const document = readDocument(join(directory, file), { complain: (sentence) => new ContractError(sentence) });
    documents.set(file, document);
    names.set(document, file);
    return document;
  };
  return (ref, from) => {
    if (URL_START.test(ref)) return 'outside';
    const [path = '', ...rest] = ref.split('#');
    const fragment = rest.join('#');
    const own = names.get(from) ?? '';
    const file = path === '' ? own : posix.join(posix.dirname(own), decode(path));
    if (isAbsolute(decode(path)) || file.split('/').includes('..')) return 'outside';
    const document = open(file);
    if (!document || (fragment !== '' && !fragment.startsWith('/'))) return undefined;
    return partAt(wholeOf(document), ...fragment.split('/').slice(1).map(readToken));
  };
}

/** A step of a JSON pointer in a URI fragment (RFC 6901 §6). */
function readToken(token: string): string {
  return decode(token).replaceAll('~1', '/').replaceAll('~0', '~');
}

/** What is badly encoded names nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
