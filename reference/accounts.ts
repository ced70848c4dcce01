import { ApiError } from './errors.ts';
import { readSnapshot, writeSnapshot } from './snapshots.ts';
import type { Item, Kind, Store } from './store.ts';
import { type Address, askUpstream } from './upstreams.ts';

/** Opens the store of an account by its name; an absent name is the default account. */
export type OpenAccount = (name: string | string[] | undefined) => Store | Promise<Store>;

/** Where the account called `remote` is kept, and how long to wait for that node. */
export type StorageNode = { address: Address; timeoutMs: number };

/**
 * The accounts: `main` works, as long as its storage node, if it has one, gives a snapshot that can be read; `damaged`, `archived` and `remote` fail for real reasons, each with another status.
 */
export function createAccounts(objects: Record<Kind, Item[]>, node: StorageNode, mainNode?: StorageNode): OpenAccount {
  const text = writeSnapshot(objects);
  const main = readSnapshot(text);
  // Its objects are here; the node only vouches for them, so that what is written needs no way back.
  const openMain = () => (mainNode ? openRemote(mainNode).then(() => main) : main);
  const openers: Record<string, () => Store | Promise<Store>> = {
    main: openMain,
    // Cut off in the middle, as by a full disk: reading it throws a SyntaxError, which nobody expects here.
    damaged: () => readSnapshot(text.slice(0, text.length / 2)),
    archived: () => readSnapshot('{"format": 0, "sinks": "orders-sink internal"}'),
    remote: () => openRemote(node),
  };
  return (name) => {
    if (name === undefined) return openMain();
    const open = typeof name === 'string' && Object.hasOwn(openers, name) ? openers[name] : undefined;
    if (open === undefined) throw new ApiError(404, 'The account could not be found.');
    return open();
  };
}

async function openRemote({ address, timeoutMs }: StorageNode): Promise<Store> {
  const { outcome, answer } = await askUpstream(address, Buffer.from('FETCH remote\n'), timeoutMs);
  if (outcome !== 'answered') throw new ApiError(504);
  return readSnapshot(answer);
}
