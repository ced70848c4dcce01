import type { Exchange, RequestSpec } from '../../model/exchange.ts';
import { appendPointer } from '../../model/json-pointer.ts';
import { decodeLoosely } from '../../model/percent.ts';
import { SECRET_SHAPES } from '../../model/secret-shapes.ts';
import type { Json } from '../../schemas/contract.ts';
import { mayBeSession } from '../affinity-cookie.ts';
import { type Check, headerValues, isError, type Problem, problemIf, type Subject } from './check.ts';
import { ownStatusCheck } from './status-checks.ts';

// The text is the server's choice: every pattern here is bounded, so that a megabyte of anything takes no time.

/** Where a JavaScript frame points: a file, a URL or a built-in, with line and column. A time of day is none. */
const FRAME = String.raw`(?:<anonymous>|(?=node:|[A-Za-z][a-z-]{0,20}:[\\/]|[^\s():]{0,200}[\\/.])[^\s()]{1,300}):\d{1,7}:\d{1,7}`;

/** Traces and exceptions as the usual runtimes print them: JavaScript, Python, the JVM, .NET, Go, Ruby, PHP, Elixir, Rust. */
const STACK_TRACE = [
  new RegExp(String.raw`^[ \t]{0,40}at (?:[^\n]{0,300}[ (])?${FRAME}\)?[ \t\r]{0,20}$`, 'm'),
  new RegExp(String.raw`\bat [\w.$<> ]{1,80} \(${FRAME}\)`),
  /Traceback \(most recent call last\)/,
  /\bat [\w.$<>/@]{1,200}\([\w$]{1,100}\.(?:java|kt|scala):\d/,
  /\bat [\w.`<>[\], ]{1,80}\([^()\n]{0,200}\) in [^\n]{1,200}?:line \d/,
  /\bgoroutine \d+ \[/,
  /\.rb:\d+:in [`']/,
  /^#\d{1,4} \S{1,300}\.php\(\d/m,
  /\([\w-]{1,60} \d{1,4}\.\d[\w.+-]{0,40}\) (?:lib|src)\/\S{1,300}?:\d{1,7}:/,
  /\*\* \([A-Z][\w.]{1,100}Error\)/,
  // An exception of the server's own, printed as the structure it is.
  /%[A-Z]\w*(?:\.[A-Z]\w*)*(?:Error|Exception)\{/,
  /thread '[^'\n]{0,100}' panicked at/,
];

/** Statements and messages of SQL databases and their drivers. English has the words too: they count in capitals, or with columns. */
const SQL = [
  /\bSELECT\s[^;]{1,400}\sFROM\s{1,20}["`\w]/,
  /\bINSERT\s+INTO\s+["`\w]/,
  /\bUPDATE\s+["`\w.]+\s+SET\s/,
  /\bDELETE\s+FROM\s+["`\w]/,
  /\bselect\s{1,20}(?:distinct\s{1,20})?\*\s{1,20}from\s{1,20}["`\w]/,
  /\bselect\s{1,20}(?:distinct\s{1,20})?["`\w]{1,80}[."`][^;]{0,400}\sfrom\s{1,20}["`]\w/,
  /SQLSTATE\[|\bORA-\d{5}\b|\bPostgrex\.Error\b|\bpsycopg2?\.|\bPG::\w+Error\b/,
  /syntax error at or near|violates (?:unique|foreign key|check|not-null) constraint|relation "[^"]+" does not exist/,
];

const FILE_PATH = [
  /(?<![\w.:/@-])\/(?:usr|var|etc|opt|srv|tmp|mnt|proc)\/[\w.@-]+(?:\/[\w.@-]+)*/,
  // Routes and JSON pointers begin like these: only what ends in a file counts.
  /(?<![\w.:/@-])\/(?:home|root|app|Users|workspace)\/(?:[\w.@-]+\/)*[\w.@-]*\.[a-z]{1,8}\b/,
  /\b[A-Z]:\\[\w.-]+(?:\\[\w.-]+)+/,
  /\b(?:node_modules|site-packages)\/[\w@.-]+|\bdeps\/\w{1,80}\/(?:lib|src)\/[\w/.-]+/,
  /\b(?:lib|src)\/[\w/-]{1,80}\.(?:exs?|[cm]?[jt]s|py|rb|go|rs|java):\d+/,
];

/** Names under which private hosts live. The lookahead lets a code such as `errors.internal` and a longer name pass. */
const INTERNAL_HOST = [
  // Neither a network (`10.0.0.0/8`, as validation messages name it) nor a version.
  /(?<![\w.])(?<!\b(?:[Vv]ersion|[Rr]elease|[Bb]uild) )(?![\d.]{3,11}\.0\/\d)(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)\.\d{1,3}\.\d{1,3}(?![\w-]|\.\d)/,
  /(?<![\w.])(?:127(?:\.\d{1,3}){3}|localhost):\d+/,
  /(?<![\w.-])(?!(?:errors?|exceptions?|codes?|reasons?|types?)\.internal\b)(?:[\w-]+\.)+(?:internal|intranet|corp|lan|cluster\.local)(?![\w-]|\.\w)/,
  /(?<![\w.-])[\w-]+(?:\.[\w-]+)+\.svc(?![\w-]|\.\w)/,
  /\bip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}\b/,
];

/** Names of settings that hold a secret: environment variables, and fields. */
const SECRET_NAME = String.raw`\b(?:(?:[A-Z][A-Z0-9_]{0,60})?(?:PASSWORD|PASSWD|SECRET|TOKEN|API_KEY|PRIVATE_KEY|DATABASE_URL)[A-Z0-9_]{0,60}|[Pp]assword|[Pp]asswd|[Ss]ecret_access_key|[Aa]pi_key)`;

const CREDENTIAL = [
  ...SECRET_SHAPES.map(([, { source, flags }]) => new RegExp(source, flags.replace('g', ''))),
  // A URL with a password, unless the password is masked or stands for one.
  /\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@]{1,200}:(?!(?:pass(?:word)?|pwd|secret|x+|redacted|filtered)@|[*<{[$«(])[^\s/@*]{1,200}@/i,
  new RegExp(String.raw`${SECRET_NAME}=["']?(?![*<{[$«(]|x{3}|REDACTED|FILTERED)[^\s"'*,;&)]{3,}`),
  // Prose has a colon there too ("password: must be longer"), and no digit in its first word.
  new RegExp(String.raw`${SECRET_NAME}["']?\s{0,4}(?::|=>?)\s{0,4}["']?(?=[\w!@#$%^&+/~-]{0,60}\d)[\w!@#$%^&+/~-]{6,}`),
];

/** The beginning of a text, with a sign that it is no more than that: who shows it has to know. */
function cutAt(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

type Place = { text: string; pointer: string };

/** The texts of the subjects that are being judged: every leak check looks through the same ones. */
const texts = new WeakMap<Subject, string>();

/** Every string an error gives away, one to a line. */
function textOfAll(subject: Subject): string {
  const known = texts.get(subject);
  if (known !== undefined) return known;
  const found =
    subject.body.kind === 'json' ? stringsOf(subject.body.value).join('\n') : (subject.response?.body ?? '');
  texts.set(subject, found);
  return found;
}

/** The strings of a JSON value and its names. No recursion: depth is the server's choice. */
function stringsOf(value: Json): string[] {
  const strings: string[] = [];
  const open: Json[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') strings.push(next);
    else if (Array.isArray(next)) for (const item of next) open.push(item);
    // Unlike `Object.keys`, this makes no list for each of a hundred thousand objects; nothing is inherited from JSON.
    else if (next !== null && typeof next === 'object')
      for (const name in next) {
        strings.push(name);
        open.push(next[name] as Json);
      }
  }
  return strings;
}

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
  return `${exchange.url}\n${decodeLoosely(request.target)}\n${textOf(request.body)}`;
}

function textOf(body: RequestSpec['body']): string {
  if (!body) return '';
  return 'text' in body ? body.text : Buffer.from(body.base64, 'base64').toString('utf8');
}

function leakCheck(id: string, what: string, patterns: RegExp[]): Check {
  return {
    id,
    clause: id,
    judge(subject) {
      if (!isError(subject.response)) return undefined;
      // No pattern can tell the end of a line from the end of a text: what is not found in all of them is in none. A body can
      // be made of a hundred thousand texts, and looking through each of them takes long.
      const suspects = patterns.filter((pattern) => pattern.test(textOfAll(subject)));
      if (suspects.length === 0) return [];
      const sent = sentText(subject);
      // In a JSON body that was sent, the text stands escaped.
      const isSent = (hit: string) => sent.includes(hit) || sent.includes(JSON.stringify(hit).slice(1, -1));
      const problems: Problem[] = [];
      for (const { text, pointer } of placesOf(subject)) {
        const hit = findHit(text, suspects, isSent);
        if (hit !== undefined)
          problems.push({ message: `${what}: ${JSON.stringify(cutAt(hit.trim(), 120))}`, pointer });
      }
      return problems;
    },
  };
}

/** The first match that was not sent. */
function findHit(text: string, patterns: RegExp[], isSent: (hit: string) => boolean): string | undefined {
  for (const pattern of patterns) {
    if (!pattern.test(text)) continue;
    for (const [hit] of text.matchAll(new RegExp(pattern, `${pattern.flags}g`))) if (!isSent(hit)) return hit;
  }
  return undefined;
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
      return (
        exchange.echoed
          // A configured header (a tenant, say) or a profile's value is hidden to be on the safe side; its echo is no leak.
          .filter(({ secret }) => !/^(?:looks-like-|header|secret[A-Z])/.test(secret))
          .map(({ secret, where }) => ({ message: `the ${secret} that was sent comes back in the ${where}` }))
      );
    },
  },
  {
    id: 'no-cookie-on-401',
    clause: 'no-cookie-on-401',
    judge({ response }) {
      if (response?.status !== 401) return undefined;
      return problemIf(headerValues(response, 'set-cookie').some(mayBeSession), 'Set-Cookie comes with the refusal');
    },
  },
  {
    id: 'no-html',
    clause: 'no-html',
    judge({ exchange, response, documented: { mediaTypes = [] } }) {
      // Who asks for HTML gets what was asked for, and it may be what is documented.
      if (!isError(response) || asksForHtml(exchange) || mediaTypes.some((type) => HTML_TYPE.test(type)))
        return undefined;
      const label = headerValues(response, 'content-type').find((value) => HTML_TYPE.test(value));
      if (label !== undefined) return [{ message: `the answer is labelled "${label}"` }];
      return problemIf(/^\s*<(?:!doctype html|html)\b/i.test(response.body), 'the body is an HTML page');
    },
  },
  ownStatusCheck('url-credential-refused'),
];
