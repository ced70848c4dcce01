import { toCurl } from '../judge/curl.ts';
import type { RequestSpec } from '../model/exchange.ts';
import { operationOf } from '../plan/resources.ts';
import { buildRequest } from '../provocations/request.ts';
import type { Removal } from './build-world.ts';
import { pendingSwitches, type SwitchJournal, tellOff } from './faults/throw-switch.ts';
import type { Session } from './session.ts';

/** What a run has made and not removed yet. */
export type Belongings = {
  note(removal: Removal): void;
  /** All that was noted, once each. */
  list(): Removal[];
  /** A client that is seen removing it. */
  watch(client: Session['client']): Session['client'];
  /** One line for each thing that is still there, faults that are on first: what it is, and how it is removed. */
  tell(switches: SwitchJournal): string[];
};

/** The belongings of a run on the target at `url` that has made nothing yet. */
export function createBelongings(
  { contract, capabilities }: Pick<Session, 'contract' | 'capabilities'>,
  url: string,
): Belongings {
  const removals = new Map<string, { removal: Removal; request: RequestSpec }>();
  const gone = new Set<string>();
  // The whole of it: a 404 to somebody who may not know of an object does not say that it is gone.
  const keyOf = ({ method, target, headers }: RequestSpec) => JSON.stringify([method, target, headers]);
  const base = url.replace(/(?<!\/)\/*(?:\?.*)?$/, '');
  return {
    note(removal) {
      const request = buildRequest(operationOf(contract, removal.operation), { params: removal.params });
      removals.set(keyOf(request), { removal, request });
    },
    list: () => [...removals.values()].map(({ removal }) => removal),
    watch: (client) => ({
      ...client,
      async send(request, options) {
        const exchange = await client.send(request, options);
        const status = exchange.response?.status ?? 0;
        const isGone = (status >= 200 && status < 300) || status === 404 || status === 410;
        if (isGone && removals.has(keyOf(request))) gone.add(keyOf(request));
        return exchange;
      },
    }),
    tell(switches) {
      const { switches: faults } = capabilities.profile;
      const on = pendingSwitches(switches).flatMap(({ switch: index }) => {
        const fault = faults[index];
        return fault ? [`the fault "${fault.title}" may be on: ${tellOff(fault, index)}`] : [];
      });
      // What was made last may depend on what was made before it.
      const there = [...removals]
        .reverse()
        .flatMap(([key, { request }]) =>
          gone.has(key) ? [] : [`${request.target} may be there: ${toLine(request, `${base}${request.target}`)}`],
        );
      return [...on, ...there];
    },
  };
}

/** The command alone: what curl cannot send as it was sent does not matter here. */
function toLine(request: RequestSpec, url: string): string {
  return toCurl(request, url).split('\n').at(-1) ?? '';
}
