import type { StatusRecord } from '../../../report/report.ts';
import { formatCount, formatPlural } from '../../shared/format.ts';
import { groupByReason } from '../../shared/reasons.ts';
import { type Html, html } from '../escape.ts';
import type { View } from '../view.ts';
import { bar, outcomeMark, section } from './parts.ts';

const renderMissing = ({ report }: View, status: number, missing: number): Html => {
  if (missing === 0) return html``;
  const [main, ...others] = groupByReason(
    report.untestable.filter((item) => item.status === status),
    ({ reason }) => reason,
  );
  const more = others.length === 0 ? '' : html` and ${formatPlural(others.length, 'other reason')}`;
  return html`<p class="missing"><a href="#not-tested">${formatPlural(missing, 'cell')} not provoked</a>${
    main === undefined ? '' : html`: ${main.reason}${more}`
  }</p>`;
};

const renderTile = (view: View, status: number, record: StatusRecord): Html => {
  const { provoked, conforming, applicable, simulated, failing, error, cases } = record;
  const missing = Math.max(0, applicable - provoked - simulated - error);
  const sources = [
    `${formatCount(provoked)} organic`,
    ...(simulated === 0 ? [] : [`${formatCount(simulated)} only simulated`]),
    ...(error === 0 ? [] : [`${formatCount(error)} with an error`]),
  ];
  return html`
<li class="tile ${record.outcome}">
<h3><span class="code">${status}</span> ${record.name}</h3>
${outcomeMark(record.outcome)}
<p class="score"><b>${formatCount(conforming)}</b> of ${formatCount(provoked)} provoked conform</p>
${bar([
  { size: conforming, outcome: 'pass' },
  { size: failing, outcome: 'fail' },
  { size: error, outcome: 'error' },
  { size: simulated, outcome: 'simulated' },
  { size: missing, outcome: 'not-applicable' },
])}
<p>${formatPlural(applicable, 'applicable cell')}: ${sources.join(', ')} · ${formatPlural(cases.total, 'case')}</p>
${renderMissing(view, status, missing)}
</li>`;
};

/** One tile for each status: how many of the provoked cells conform, and what was not provoked. */
export const renderStatuses = (view: View): Html =>
  section(
    'statuses',
    'Statuses',
    'A cell is an operation × a status. Only errors that the API itself produced count as provoked; simulated ones stand apart.',
    html`<ul class="tiles">${view.statuses.map(([status, record]) => renderTile(view, status, record))}</ul>`,
  );
