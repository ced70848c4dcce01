import type { Finding } from '../../../judge/finding.ts';
import { type Cause, describeCause, describeReach } from '../../shared/causes.ts';
import { formatCount, formatPlural } from '../../shared/format.ts';
import { PROVENANCE_WORD } from '../../shared/outcomes.ts';
import { describeRate } from '../../shared/retries.ts';
import { sinceWhen } from '../../shared/since.ts';
import { anchorOf, block, type Html, html, type Part, webLink } from '../escape.ts';
import { cellLink, clauseLink, traitMarks, type View } from '../view.ts';
import { renderExchange } from './exchange.ts';
import { levelTags, provenanceTag, section, statusText, timeMark } from './parts.ts';
import { waivedTag } from './waivers.ts';

// The causes a reader starts with get room; a run with a thousand causes must still make a small file.
const roomFor = (rank: number): number => (rank < 20 ? 4096 : 1024);

/** So many causes are shown with their exchange. */
const MOST_EXAMPLES = 100;

/** So many operations of a cause are named. */
const MOST_OPERATIONS = 40;

const renderClause = (view: View, { head }: Cause): Html => {
  const clause = view.clauses.get(head.clause);
  if (clause === undefined) return html`<p>Clause ${clauseLink(view, head.clause)}</p>`;
  const { quote, source } = clause;
  const where = source.section === undefined ? source.title : `${source.title}, ${source.section}`;
  return html`<blockquote><p>${quote}</p><footer>${webLink(source.url, where)} · clause ${clauseLink(view, clause.id)}</footer></blockquote>`;
};

const others = (cause: Cause, pick: 'provocation' | 'message'): string[] =>
  [...new Set(cause.findings.map((finding) => finding[pick]))].filter((value) => value !== cause.example[pick]);

const renderMore = (label: string, values: readonly string[], show: number): Part => {
  if (values.length === 0) return '';
  const rest = values.length - show;
  const shown = values.slice(0, show).map((value) => html` <code>${value}</code>`);
  return html`<p class="more">${label}${shown}${rest > 0 ? ` and ${rest} more` : ''}</p>`;
};

const renderOperations = (view: View, cause: Cause): Html => html`
<ul class="operations" aria-label="Operations touched">${cause.operations
  .slice(0, MOST_OPERATIONS)
  .map(
    ({ id, statuses }) =>
      html`<li><code>${id}</code>${statuses.map((status) => html` ${cellLink(view, id, status, status)}`)}</li>`,
  )}${
  cause.operations.length > MOST_OPERATIONS
    ? html`<li>and ${formatCount(cause.operations.length - MOST_OPERATIONS)} more</li>`
    : ''
}</ul>`;

const renderExample = (view: View, { example }: Cause, rank: number): Html => {
  const evidence = rank < MOST_EXAMPLES ? view.report.evidence[example.evidence] : undefined;
  const isStatusWrong = example.expected.length > 0 && !example.expected.includes(example.actual ?? 0);
  const said = example.message.toLowerCase().split(/[^\w-]+/);
  const isNamed = (header: string): boolean => example.pointer === '' && said.includes(header.toLowerCase());
  const statuses = isStatusWrong
    ? html`<div><dt>Expected</dt><dd><b>${statusText(example.expected)}</b></dd></div>
<div><dt>Actual</dt><dd><b>${statusText(example.actual)}</b></dd></div>`
    : html`<div><dt>Status</dt><dd><b>${statusText(example.actual)}</b>, as expected</dd></div>`;
  return html`
<dl class="compare">
${statuses}
${example.pointer === '' ? '' : html`<div><dt>At</dt><dd><code>${example.pointer}</code></dd></div>`}
<div><dt>Provenance</dt><dd>${PROVENANCE_WORD[example.provenance]}</dd></div>
<div><dt>Example</dt><dd>${cellLink(view, example.operation, example.status, html`<code>${example.case}</code>`)}${
    example.case.startsWith(example.provocation) ? '' : html`, provoked by <code>${example.provocation}</code>`
  }</dd></div>
</dl>
${
  evidence === undefined
    ? ''
    : html`${renderExchange(view, example.evidence, roomFor(rank), { pointer: example.pointer, isStatusWrong, isNamed })}
<div class="curl"><button type="button" data-copy hidden>Copy</button><pre tabindex="0" aria-label="curl command">${block(evidence.curl)}</pre></div>`
}`;
};

/** How many generated requests showed the cause, when any did. */
const seenText = (findings: readonly Finding[]): string => {
  const seen = findings.reduce((sum, finding) => sum + (finding.probes ?? 0), 0);
  return seen === 0 ? '' : ` · seen in ${formatPlural(seen, 'generated request')}, the smallest is shown`;
};

const rateText = (finding: Finding): string => {
  const rate = describeRate(finding);
  return rate === undefined ? '' : ` · ${rate}`;
};

const sinceText = (findings: readonly Finding[]): Part => {
  const since = sinceWhen(findings);
  return since === undefined ? '' : html` · there since ${timeMark(since)}`;
};

const renderCause = (view: View, cause: Cause, index: number): Html => {
  const { head, example, findings, operations } = cause;
  const outcome = head.level === 'MUST' && cause.counted ? 'fail' : 'warn';
  const anchor = anchorOf('finding', cause.id);
  const title = view.clauses.get(head.clause)?.title ?? head.check;
  const traits = {
    outcomes: [outcome],
    statuses: findings.map(({ status }) => status).sort((a, b) => a - b),
    operations: operations.map(({ id }) => id),
    sets: findings.map(({ set }) => set),
  };
  return html`
<article class="finding ${outcome}" id="${anchor}" aria-labelledby="${anchor}-t" data-item="cause"${traitMarks(view, traits)}>
<header>
<p class="tags">${levelTags(head.level, head.set, cause.counted)}${provenanceTag(head.provenance)}${waivedTag(findings)} <code>${head.check}</code> ${describeCause(head)}</p>
<h3 id="${anchor}-t"><a href="#${anchor}">${index + 1}.</a> ${title}</h3>
<p class="breadth">${describeReach(findings.length, operations.length)} · ${formatPlural(cause.cells, 'cell')}${seenText(findings)}${rateText(example)}${sinceText(findings)}</p>
</header>
<p class="message">${example.message}</p>
${renderMore(
  'Other messages of this cause:',
  others(cause, 'message').map((message) => (message.length > 160 ? `${message.slice(0, 160)}…` : message)),
  2,
)}
${renderClause(view, cause)}
${renderOperations(view, cause)}
${renderMore('Also provoked by', others(cause, 'provocation'), 8)}
${renderExample(view, cause, index)}
</article>`;
};

/** The findings grouped by cause, the gravest and broadest first, each with its smallest example. */
export const renderFindings = (view: View): Html =>
  section(
    'findings',
    `Findings by cause (${view.causes.length})`,
    view.causes.length === 0
      ? 'Nothing that was judged breaks a clause.'
      : 'Ranked by gravity (served without a credential, carried out all the same, a secret given away; then status, body, headers, wording), then by how many operations. Each shows its smallest example; report.json holds them all. Double braces stand for something: {{token}} for the token, {{time}} for a time of the run, {{id:…}} for an id that report.json tells.',
    [
      [...view.shown].map((cause, index) => renderCause(view, cause, index)),
      view.causes.length > view.shown.size
        ? html`<p class="left-out">and ${formatPlural(view.causes.length - view.shown.size, 'more cause')} with ${formatPlural(
            view.causes.slice(view.shown.size).reduce((sum, { findings }) => sum + findings.length, 0),
            'finding',
          )}, in report.json</p>`
        : '',
    ],
  );
