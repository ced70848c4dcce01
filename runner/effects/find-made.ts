import type { Answer } from '../../judge/answer.ts';
import type { Resource } from '../../plan/resources.ts';
import type { Ledger } from '../ledger.ts';
import type { Stray } from '../ledger-book.ts';
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
      const [stray] = await look();
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

/** Requests that name what was found come first. */
function inOrder(refused: readonly Answer[], strays: readonly Stray[]): Answer[] {
  const names = strays.map(({ name }) => name.toLowerCase());
  const isNamed = ({ case: { request } }: Answer) => {
    const text = request.body && 'text' in request.body ? request.body.text.toLowerCase() : '';
    return names.some((name) => text.includes(name));
  };
  return [...refused].sort((one, other) => Number(isNamed(other)) - Number(isNamed(one)));
}
