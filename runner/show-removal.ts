import { toCurl } from '../judge/curl.ts';
import { operationOf } from '../plan/resources.ts';
import { buildRequest } from '../provocations/request.ts';
import type { Removal } from './build-world.ts';
import type { Left } from './clean-up.ts';
import type { Session } from './session.ts';

/** Stands for the base URL until the command is written. */
const BASE = 'http://api-url';

/** The shell command that removes an object; base URL and secrets are named as the settings are (`$API_URL`, `$API_TOKEN`), and not written. */
export function showRemoval({ contract }: Pick<Session, 'contract'>, { operation, params }: Removal): string {
  const request = buildRequest(operationOf(contract, operation), { params });
  const command = toCurl(request, `${BASE}${request.target}`);
  const { server } = request;
  const url = server ? `"\${API_URL%${server.from}}${server.to}"` : '"$API_URL"';
  return command.replace(`'${BASE}`, () => `${url}'`).replace(BASE, () => url);
}

/** So many objects that are left are told with the command that removes each. */
const MOST_TOLD = 20;

/** One sentence for each object that a run has left, with what removes it, and one on what removes all of them; `marks` are the run's. */
export function tellLeft(
  session: Pick<Session, 'contract'>,
  left: readonly Left[],
  marks: readonly Removal[],
): string[] {
  if (left.length === 0) return [];
  const told = left
    .slice(0, MOST_TOLD)
    .map(
      ({ removal, why }) =>
        `an object of this run was left behind: ${why}. This removes it: ${showRemoval(session, removal)}`,
    );
  const more = left.length > MOST_TOLD ? [`${left.length - MOST_TOLD} more objects of this run were left behind.`] : [];
  // A mark that is younger is taken for that of a run that is under way.
  const when = left.some(({ removal }) => marks.includes(removal)) ? ', an hour from now' : '';
  return [...told, ...more, `"npm run sweep -- --yes" removes what is left of this run${when}.`];
}
