import { parseBody } from '../judge/response-body.ts';
import type { Exchange } from '../model/exchange.ts';
import { valueAt } from '../model/json-pointer.ts';
import { firstList } from '../plan/resources.ts';
import { buildRequest } from '../provocations/request.ts';
import type { Operation } from '../schemas/contract.ts';
import { sendPatiently } from './send-patiently.ts';
import type { Session } from './session.ts';

/** The target cannot be tested at all; the message is one sentence that says why and what to do. */
export class PreflightError extends Error {
  override name = 'PreflightError';
}

/** Shows that the target is there, takes the token and is this API; throws a PreflightError otherwise. */
export async function checkTarget(session: Session, url: string): Promise<void> {
  const list = firstList(session.contract);
  if (!list) throw new PreflightError('The contract has no list operation to begin with.');
  const { exchange } = await sendPatiently(session, { request: buildRequest(list, {}), danger: 'read' });
  const asked = `GET ${url}${list.path}`;
  if (!exchange.response) throw new PreflightError(describeFailure(exchange, url));
  const { status } = exchange.response;
  if (status === 401 || status === 403) {
    throw new PreflightError(
      `The token is not accepted: ${asked} with API_TOKEN answered ${status}; check API_TOKEN, and that it belongs to this API.`,
    );
  }
  if (status === 404) {
    throw new PreflightError(
      `API_URL is not the base URL of this API: ${asked} answered 404; expected a list. Check the prefix (often /api).`,
    );
  }
  if (!list.successes.includes(status)) {
    throw new PreflightError(
      `The target is not ready: ${asked} answered ${status}; expected ${list.successes.join(' or ')}.`,
    );
  }
  if (!isList(exchange, list)) {
    throw new PreflightError(
      `API_URL is not this API: ${asked} answered ${status}, and the body is not the documented list.`,
    );
  }
}

function describeFailure({ failure }: Exchange, url: string): string {
  const what = failure?.kind === 'unreachable' ? 'cannot be reached' : 'gives no answer';
  return `The target ${url} ${what}: ${failure?.message ?? 'nothing came'}; check API_URL, and that the API is running.`;
}

/** Whether the array that the operation's links point into is there. */
function isList(exchange: Exchange, list: Operation): boolean {
  const body = exchange.response && parseBody(exchange.response);
  const pointer = list.links
    .flatMap((link) => Object.values(link.parameters))
    .map((each) => /^\$response\.body#(.*?)\/0(\/|$)/.exec(each)?.[1])
    .find((each) => each !== undefined);
  if (body?.kind !== 'json') return false;
  return Array.isArray(valueAt(body.value, pointer ?? ''));
}
