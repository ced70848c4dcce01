import { writeSnapshot } from './snapshots.ts';
import { startAnsweringUpstream, type Upstream } from './upstreams.ts';

/** Starts a storage node for a reference: a TCP server on which every request of the API then depends. */
export function startStorageNode(): Promise<Upstream> {
  return startAnsweringUpstream(
    writeSnapshot({ sinks: [], http_endpoints: [], postgres_databases: [], backfills: [] }),
  );
}
