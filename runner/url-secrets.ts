import type { Client } from '../exchange/client.ts';
import { namesSecret } from '../exchange/placeholders.ts';
import type { RequestSpec } from '../model/exchange.ts';
import type { Capabilities } from '../plan/case.ts';

/**
 * Why a request may not leave: it has a secret in its URL, which every log on the way keeps, and this run may have none there.
 * The plan holds no such request, so that one is our own mistake.
 */
function whyNotInUrl(
  { method, target }: RequestSpec,
  { tokenInUrl }: Pick<Capabilities, 'tokenInUrl'>,
): string | undefined {
  if (tokenInUrl || !namesSecret(target)) return undefined;
  return `${method} ${target} names a secret in its URL, which is not allowed (CONFORMANCE_TOKEN_IN_URL); it was not sent.`;
}

/** A client that refuses what may not leave because of its URL, the last thing before it is sent. */
export function guardUrls(client: Client, capabilities: Pick<Capabilities, 'tokenInUrl'>): Client {
  const send: Client['send'] = async (request, options) => {
    const why = whyNotInUrl(request, capabilities);
    if (why !== undefined) throw new Error(why);
    return client.send(request, options);
  };
  return { ...client, send };
}
