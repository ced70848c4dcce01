import type { Json } from '../../schemas/contract.ts';
import type { Exchange } from '../exchange.ts';
import { appendPointer } from '../json-pointer.ts';
import { decodeLoosely } from '../percent.ts';
import { type Check, headerValues, isError, type Problem, problemIf, type Subject } from './check.ts';

/** Traces and exceptions as the usual runtimes print them: JavaScript, Python, the JVM, .NET, Go, Ruby, PHP, Elixir, Rust. */
const STACK_TRACE = [
  /^\s*at .*\(?[^\s()]+:\d+:\d+\)?\s*$/m,
  /Traceback \(most recent call last\)/,
  /\bat [\w.$<>]+\([\w$]+\.(?:java|kt|scala):\d+\)/,
  /\bat [\w.`<>[\], ]+\(.*\) in .+:line \d+/,
  /\bgoroutine \d+ \[/,
  /\.rb:\d+:in [`']/,
  /^#\d+ \S+\.php\(\d+\)/m,
  /\([\w-]+ \d+\.\d+[\w.-]*\) (?:lib|src)\/\S+:\d+:/,
  /\*\* \([A-Z][\w.]+Error\)/,
  // An exception of the server's own, printed as the structure it is.
  /%[A-Z]\w*(?:\.[A-Z]\w*)*(?:Error|Exception)\{/,
  /thread '.*' panicked at/,
];

/** Statements and messages of SQL databases and their drivers. Statement words count in capitals only: English has them too. */
const SQL = [
  /\bSELECT\s[^;]{1,400}\sFROM\s+["`\w]/,
  /\bINSERT\s+INTO\s+["`\w]/,
  /\bUPDATE\s+["`\w.]+\s+SET\s/,
  /\bDELETE\s+FROM\s+["`\w]/,
  /\bselect\s[^;]{1,400}\sfrom\s+["`]\w/,
  /SQLSTATE\[|\bORA-\d{5}\b|\bPostgrex\.Error\b|\bpsycopg2?\.|\bPG::\w+Error\b/,
  /syntax error at or near|violates (?:unique|foreign key|check|not-null) constraint|relation "[^"]+" does not exist/,
];

const FILE_PATH = [
  /(?<![\w.:/-])\/(?:usr|home|root|var|etc|opt|srv|app|tmp|mnt|proc|Users|workspace)\/[\w.@-]+(?:\/[\w.@-]+)*/,
  /\b[A-Z]:\\[\w.-]+(?:\\[\w.-]+)+/,
  /\b(?:node_modules|site-packages|deps)\/[\w@.-]+/,
  /\b(?:lib|src)\/[\w/-]+\.(?:ex|exs|ts|js|py|rb|go|rs|java):\d+/,
];

const INTERNAL_HOST = [
  /\b(?:10|127)\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/,
  /\b192\.168\.\d{1,3}\.\d{1,3}\b/,
  /\b172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}\b/,
  /\b169\.254\.\d{1,3}\.\d{1,3}\b/,
  /\b[\w-]+(?:\.[\w-]+)*\.(?:internal|intranet|corp|lan|cluster\.local|svc)\b/,
  /\blocalhost:\d+/,
  /\bip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}\b/,
];

const CREDENTIAL = [
  /«redacted:looks-like-[\w-]+»/,
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@*]+@/i,
  /\b[A-Z][A-Z0-9_]*(?:PASSWORD|SECRET|TOKEN|API_KEY|PRIVATE_KEY|DATABASE_URL|SECRET_KEY_BASE)[A-Z0-9_]*\s*[=:]\s*\S+/,
  /\b(?:password|passwd|secret_access_key|api_key)["']?\s*[=:]\s*["']?[^\s"'*,;)]{3,}/i,
];

type Place = { text: string; pointer: string };

/** Every string an error gives away, with where it stands: the strings of a JSON body, or else the body as it is. */
function placesOf({ response, body }: Subject): Place[] {
  if (!response) return [];
  if (body.kind !== 'json') return [{ text: response.body, pointer: '' }];
  const places: Place[] = [];
  const open: { value: Json; pointer: string }[] = [{ value: body.value, pointer: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, pointer } = next;
    if (typeof value === 'string') places.push({ text: value, pointer });
    else if (value !== null && typeof value === 'object') {
      for (const [name, child] of Object.entries(value)) {
        const at = appendPointer(pointer, name);
        if (!Array.isArray(value)) places.push({ text: name, pointer: at });
        open.push({ value: child, pointer: at });
      }
    }
  }
  return places;
}

/** What was sent may come back: a host that the request named is no disclosure. */
function sentText({ exchange }: Subject): string {
  const { request } = exchange;
  const body = request.body && 'text' in request.body ? request.body.text : '';
  return `${exchange.url}\n${decodeLoosely(request.target)}\n${body}`;
}

function leakCheck(id: string, what: string, patterns: RegExp[]): Check {
  return {
    id,
    clause: id,
    judge(subject) {
      if (!isError(subject.response)) return undefined;
      const problems: Problem[] = [];
      for (const { text, pointer } of placesOf(subject)) {
        const hit = patterns
          .map((pattern) => pattern.exec(text)?.[0])
          .find((each) => each && !sentText(subject).includes(each));
        if (hit !== undefined)
          problems.push({ message: `${what}: ${JSON.stringify(hit.trim().slice(0, 120))}`, pointer });
      }
      return problems;
    },
  };
}

const HTML_TYPE = /^\s*(?:text\/html|application\/xhtml)/i;

function asksForHtml({ request }: Exchange): boolean {
  return request.headers.some(([name, value]) => name.toLowerCase() === 'accept' && /\btext\/html\b/i.test(value));
}

/** The hygiene checks on one exchange. */
export const hygieneChecks: Check[] = [
  leakCheck('no-stack-trace', 'a stack trace or an internal exception', STACK_TRACE),
  leakCheck('no-sql', 'SQL or a database message', SQL),
  leakCheck('no-file-path', 'a path of the server', FILE_PATH),
  leakCheck('no-internal-host', 'an internal host or address', INTERNAL_HOST),
  leakCheck('no-credential', 'something that looks like a credential', CREDENTIAL),
  {
    id: 'credential-not-echoed',
    clause: 'credential-not-echoed',
    judge({ exchange, response }) {
      if (!response) return undefined;
      return exchange.echoed
        .filter(({ secret }) => !secret.startsWith('looks-like-'))
        .map(({ secret, where }) => ({ message: `the ${secret} that was sent comes back in the ${where}` }));
    },
  },
  {
    id: 'no-html',
    clause: 'no-html',
    judge({ exchange, response }) {
      // Who asks for HTML gets what was asked for.
      if (!isError(response) || asksForHtml(exchange)) return undefined;
      const label = headerValues(response, 'content-type').find((value) => HTML_TYPE.test(value));
      if (label !== undefined) return [{ message: `the answer is labelled "${label}"` }];
      return problemIf(/^\s*<(?:!doctype html|html)\b/i.test(response.body), 'the body is an HTML page');
    },
  },
];
