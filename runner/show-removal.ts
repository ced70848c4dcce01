import { toCurl } from '../judge/curl.ts';
import { operationOf } from '../plan/resources.ts';
import { buildRequest } from '../provocations/request.ts';
import type { Removal } from './build-world.ts';
import type { Left } from './clean-up.ts';
import type { Session } from './session.ts';

/** The shell command that removes an object of the target at `url`; of secrets it has the names only, such as `$API_TOKEN`. */
export function showRemoval(
  { contract }: Pick<Session, 'contract'>,
  { operation, params }: Removal,
  url: string,
): string {
  const request = buildRequest(operationOf(contract, operation), { params });
  return toCurl(request, `${url.replace(/\/*(?:\?.*)?$/, '')}${request.target}`);
}

/** So many objects that are left are told with the command that removes each. */
const MOST_TOLD = 20;

/**
 * One sentence for each object that a run has left on the target at `url`, with what removes it, and one on what removes all of them;
 * `marks` are the run's.
 */
export function tellLeft(
  session: Pick<Session, 'contract'>,
  left: readonly Left[],
  { url, marks }: { url: string; marks: readonly Removal[] },
): string[] {
  if (left.length === 0) return [];
  const told = left
    .slice(0, MOST_TOLD)
    .map(
      ({ removal, why }) =>
        `an object of this run was left behind: ${why}. This removes it: ${showRemoval(session, removal, url)}`,
    );
  const more = left.length > MOST_TOLD ? [`${left.length - MOST_TOLD} more objects of this run were left behind.`] : [];
  // A mark that is younger is taken for that of a run that is under way.
  const when = left.some(({ removal }) => marks.includes(removal)) ? ', an hour from now' : '';
  return [...told, ...more, `"npm run sweep -- --yes" removes what is left of this run${when}.`];
}
