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
  const { limits, connections, examples } = view.report.retries;
  const left = limits + connections - examples.length;
  if (describeRetries(view.report) === undefined) return '';
  return section(
    'retries',
    `Tried again (${formatCount(limits + connections)})`,
    `Requests that were ${describeRetries(view.report)}. The last try stands; these decide nothing.`,
    [
      examples.map((retry) => renderRetry(view, retry)),
      left > 0 ? html`<p>and ${formatCount(left)} more, which are not kept</p>` : '',
    ],
  );
};
