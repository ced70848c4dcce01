import type { Retry } from '../../../judge/finding.ts';
import { formatCount } from '../../shared/format.ts';
import { describeRetries } from '../../shared/retries.ts';
import { html, type Part } from '../escape.ts';
import type { View } from '../view.ts';
import { renderExchange } from './exchange.ts';
import { section } from './parts.ts';

const EXCHANGE_LIMIT = 1024;

const renderRetry = (view: View, { operation, status, case: id, why, evidence }: Retry): Part => {
  const place = status === undefined ? html`control <code>${id}</code>` : html`${status} <code>${id}</code>`;
  return html`<details class="plain"><summary><code>${operation}</code> ${place}: ${why}</summary>${renderExchange(view, evidence, EXCHANGE_LIMIT)}</details>`;
};

/** What said nothing about the API and was tried again; left out when all went well at the first try. */
export const renderRetries = (view: View): Part => {
  const { limits, connections, examples, waits = [] } = view.report.retries;
  const left = limits + connections - examples.length;
  const tried = describeRetries(view.report);
  if (tried === undefined && waits.length === 0) return '';
  return section(
    'retries',
    `Tried again (${formatCount(limits + connections)})`,
    tried === undefined ? '' : `Requests that were ${tried}. The last try stands; these decide nothing.`,
    [
      waits.length > 0
        ? html`<p>What was away for a while, and was waited for:</p><ul>${waits.map((each) => html`<li>${each}</li>`)}</ul>`
        : '',
      examples.map((retry) => renderRetry(view, retry)),
      left > 0 ? html`<p>and ${formatCount(left)} more, which are not kept</p>` : '',
    ],
  );
};
