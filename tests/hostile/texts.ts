import { bodyOf, withBody, withHeader } from '../../reference/altering.ts';
import { atErrors, type Hostile } from './hostile.ts';
import { bytes, closing, withLines } from './writing.ts';

/** Clears the screen, sets the title, makes a link, hides and turns around what follows. */
const ESCAPES =
  '\u001b[2J\u001b]0;owned\u0007\u001b]8;;http://evil.test\u001b\\\u009b31m\u202e\u2066\u200b\u0008\r\n\u2028';

/** Ends every context in which text may stand on a page, and begins a script. */
const MARKUP =
  '"\'`--></pre></code></style></script></title><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>{{alert(1)}}<a href="javascript:alert(1)">&lt;';

/** What every text of a report must show inert. */
const ATTACK = `${ESCAPES}${MARKUP}`;

/** As much of the attack as a header may hold. */
const IN_HEADER = MARKUP;

/** The attack in every string of a JSON value, names included. */
const inEvery = { [ATTACK]: [ATTACK, { [ATTACK]: ATTACK }] };

/** Servers that write to whoever looks at the report. */
export const TEXTS: Hostile[] = [
  {
    id: 'text-in-bodies',
    does: 'puts escapes, HTML and script into every string of a body',
    fault: 'theirs',
    checks: ['undocumented-field', 'offending-field-unnamed'],
    ...atErrors((answer) =>
      withBody(answer, {
        ...bodyOf(answer),
        ...inEvery,
        summary: ATTACK,
        ...(answer.status === 422 && { validation_errors: { [ATTACK]: [ATTACK] } }),
      }),
    ),
  },
  {
    id: 'text-in-wrong-types',
    does: 'puts them where the checks quote the body',
    fault: 'theirs',
    checks: ['fields-422', 'fields-404'],
    ...atErrors((answer) =>
      withBody(answer, { summary: { [ATTACK]: ATTACK }, validation_errors: { [ATTACK]: ATTACK } }),
    ),
  },
  {
    id: 'text-as-body',
    does: 'sends a page of them in place of JSON',
    fault: 'theirs',
    checks: ['error-body-json'],
    ...atErrors((answer) => withHeader(withBody(answer, `<!doctype html>${ATTACK}`), 'content-type', 'text/html')),
  },
  {
    id: 'text-in-headers',
    does: 'puts HTML and script into header names and values',
    fault: 'theirs',
    checks: ['content-type-json', 'error-media-type-documented', 'retry-after-syntax'],
    ...atErrors((answer) =>
      ['content-type', 'retry-after', 'location', 'server', 'date', 'etag'].reduce(
        (made, name) => withHeader(made, name, name === 'content-type' ? `text/html; x=${IN_HEADER}` : IN_HEADER),
        answer,
      ),
    ),
  },
  {
    id: 'text-in-reason',
    does: 'puts HTML and script into the reason phrase',
    fault: 'theirs',
    checks: ['error-body-json'],
    ...atErrors((answer) =>
      bytes(
        closing(withBody(answer, MARKUP))
          .toString('latin1')
          .replace(/^(HTTP\/1\.1 \d+).*(?=\r\n)/, (_, start) => `${start} ${MARKUP}`),
      ),
    ),
  },
  {
    id: 'text-escapes-in-reason',
    does: 'puts escapes into the reason phrase',
    fault: 'theirs',
    ...atErrors((answer) =>
      bytes(
        closing(withBody(answer, 'x'))
          .toString('latin1')
          .replace(/^(HTTP\/1\.1 \d+).*(?=\r\n)/, (_, start) => `${start} \u001b[2J\u009b31m`),
      ),
    ),
  },
  {
    id: 'text-escapes-in-header',
    does: 'puts escapes into a header',
    fault: 'theirs',
    failure: 'malformed',
    ...atErrors((answer) => bytes(withLines(answer, `X-Colour: \u001b[31m${MARKUP}\r\n`))),
  },
  {
    id: 'text-as-status-line',
    does: 'sends them in place of a status line',
    fault: 'theirs',
    failure: 'malformed',
    ...atErrors(() => bytes(Buffer.from(ATTACK.repeat(100)))),
  },
  {
    id: 'text-behind',
    does: 'writes them behind the answer',
    fault: 'theirs',
    checks: ['bytes-after-response'],
    ...atErrors((answer) => bytes(Buffer.concat([closing(answer), Buffer.from(ATTACK)]))),
  },
  {
    id: 'text-in-duplicate-names',
    does: 'uses them as a name that stands twice',
    fault: 'theirs',
    checks: ['json-unique-names'],
    ...atErrors((answer) => {
      const name = JSON.stringify(ATTACK);
      return withBody(answer, `{${name}:1,${name}:2,${JSON.stringify(bodyOf(answer)).slice(1)}`);
    }),
  },
];
