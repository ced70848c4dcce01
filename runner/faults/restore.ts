import type { Session } from '../session.ts';
import { recover } from './recover.ts';
import { pendingSwitches, type SwitchJournal, switchAllOff } from './throw-switch.ts';

/**
 * Switches off what an interrupted run has left on and waits until the API is itself again. Yields one sentence for each fault
 * that is still on, or one when the API does not recover; nothing is done when every switch is off.
 */
export async function restore(session: Session, journal: SwitchJournal): Promise<string[]> {
  const { switches } = session.capabilities.profile;
  const pending = pendingSwitches(journal).flatMap((entry) => switches[entry.switch] ?? []);
  const failures = await switchAllOff(switches, journal);
  if (pending.length === 0 || failures.length > 0) return failures;
  const boundMs = Math.max(...pending.map(({ recoverMs }) => recoverMs));
  const wrong = await recover(session, [], boundMs);
  return wrong === undefined
    ? []
    : [`The API was not as before ${boundMs / 1000} s after its faults were off: ${wrong}.`];
}
