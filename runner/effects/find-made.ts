import type { Answer } from '../../judge/answer.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Resource } from '../../plan/resources.ts';
import type { Ledger } from '../ledger.ts';
import { namesOf, type Stray } from '../ledger-book.ts';
import { showObject } from '../made-object.ts';
import { sendPatiently } from '../send-patiently.ts';
import type { Session } from '../session.ts';
import { type Convicted, saysNothingDone } from './effect.ts';

/** So many requests of a group are sent again, at most, to find the one that made something. */
const MOST_TRIES = 150;

/**
 * Sends requests of a group that made something again, each alone and with a look behind it, until one has made something twice. None
 * is found where it does not show again.
 */
export function findMade(
  session: Session,
  ledger: Ledger,
  resource: Resource,
  refused: readonly Answer[],
  strays: readonly Stray[],
): Promise<Convicted | undefined> {
  return ledger.alone(resource, session.client, async ({ client, look }) => {
    const tryOnce = async ({ case: each }: Answer) => {
      const { exchange } = await sendPatiently({ ...session, client }, each);
      // What was asked for before may only come about now: it has another name.
      const stray = (await look()).find((one) => isOf(one, exchange, resource));
      return stray && saysNothingDone(exchange) ? { exchange, stray } : undefined;
    };
    for (const answer of inOrder(refused, strays).slice(0, MOST_TRIES)) {
      if (!(await tryOnce(answer))) continue;
      const again = await tryOnce(answer);
      if (!again) continue;
      const what = showObject(resource, again.stray.params);
      return { answer, exchange: again.exchange, effect: `it made ${what} all the same, in two tries of two` };
    }
    return undefined;
  });
}

/** Whether an object has the name that a request gave, as it is or in what a server makes of it. */
function isOf({ name }: Stray, exchange: Exchange, resource: Resource): boolean {
  const shown = name.toLowerCase();
  return (
    textOf(exchange.request).includes(shown) ||
    namesOf(resource, exchange).some((given) => shown.includes(given.toLowerCase()))
  );
}

function textOf({ body }: Exchange['request']): string {
  if (!body) return '';
  return ('text' in body ? body.text : Buffer.from(body.base64, 'base64').toString('latin1')).toLowerCase();
}

/** Requests that name what was found come first. */
function inOrder(refused: readonly Answer[], strays: readonly Stray[]): Answer[] {
  const names = strays.map(({ name }) => name.toLowerCase());
  const isNamed = ({ case: { request } }: Answer) => names.some((name) => textOf(request).includes(name));
  return [...refused].sort((one, other) => Number(isNamed(other)) - Number(isNamed(one)));
}
