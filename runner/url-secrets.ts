import type { Client } from '../exchange/client.ts';
import { namesSecret } from '../exchange/placeholders.ts';
import type { RequestSpec } from '../model/exchange.ts';
import type { Capabilities } from '../plan/case.ts';
import type { Contract } from '../schemas/contract.ts';
import { schemesOf } from '../schemas/security.ts';

/** What may stand in a URL: any secret, or only the key that the contract wants there, in parameters of these names. */
type Allowed = Pick<Capabilities, 'tokenInUrl'> & { keys: readonly string[] };

/**
 * Why a request may not leave: it has a secret in its URL, which every log on the way keeps, and this run may have none there.
 * The plan holds no such request, so that one is our own mistake.
 */
function whyNotInUrl({ method, target }: RequestSpec, { tokenInUrl, keys }: Allowed): string | undefined {
  if (tokenInUrl || !namesSecret(withoutKeys(target, keys))) return undefined;
  return `${method} ${target} names a secret in its URL, which is not allowed (CONFORMANCE_TOKEN_IN_URL); it was not sent.`;
}

function withoutKeys(target: string, keys: readonly string[]): string {
  const [path = '', ...query] = target.split(/(?=[?&])/);
  return path + query.filter((pair) => !keys.some((key) => pair.slice(1).startsWith(`${key}={{`))).join('');
}

/** The parameters in which a contract wants keys in the query. */
export function queryKeys({ operations }: Pick<Contract, 'operations'>): string[] {
  return operations
    .flatMap(schemesOf)
    .flatMap((scheme) =>
      scheme.type === 'apiKey' && scheme.in === 'query' ? [encodeURIComponent(scheme.parameter)] : [],
    );
}

/** A client that refuses what may not leave because of its URL, the last thing before it is sent. */
export function guardUrls(client: Client, allowed: Allowed): Client {
  const send: Client['send'] = async (request, options) => {
    const why = whyNotInUrl(request, allowed);
    if (why !== undefined) throw new Error(why);
    return client.send(request, options);
  };
  return { ...client, send };
}
