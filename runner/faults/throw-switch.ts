import { putFault, takeFault, tellTaking } from '../../exchange/toxiproxy.ts';
import type { FaultSwitch } from '../../plan/case.ts';
import { killGroup, runCommand } from './run-command.ts';

/**
 * One entry of the journal: a switch, by its index in the target profile, is on (or may be, because it is being thrown just
 * now) or is off. `group` is the process group of the command that was throwing it when the entry was made.
 */
export type SwitchNote = { switch: number; state: 'on' | 'off'; group?: number };

/** What is noted about switches, so that another process can switch off what this one could not. */
export type SwitchJournal = { note(entry: SwitchNote): void; list(): SwitchNote[] };

/** A journal that only this process knows. */
export function keepJournal(): SwitchJournal {
  const entries: SwitchNote[] = [];
  return { note: (entry) => void entries.push(entry), list: () => entries };
}

/** Switches a fault on; it is in the journal before anything happens. Rejects with one sentence when it cannot be done. */
export async function switchOn(fault: FaultSwitch, index: number, journal: SwitchJournal): Promise<void> {
  journal.note({ switch: index, state: 'on' });
  const on = () => fault.toxiproxy && putFault(fault.toxiproxy, nameOf(index));
  await turn('on', fault, index, journal, on);
  journal.note({ switch: index, state: 'on' });
}

/** Switches a fault off, whether or not it is on. Rejects with one sentence when it cannot be done; the journal then still has it. */
export async function switchOff(fault: FaultSwitch, index: number, journal: SwitchJournal): Promise<void> {
  const off = () => fault.toxiproxy && takeFault(fault.toxiproxy, nameOf(index));
  await turn('off', fault, index, journal, off);
  journal.note({ switch: index, state: 'off' });
}

/** Switches off what a run that was killed may have left on; whatever prevents it shows when the fault is switched on. */
export async function sweepSwitches(faults: FaultSwitch[]): Promise<void> {
  for (const [index, fault] of faults.entries()) await switchOff(fault, index, keepJournal()).catch(() => {});
}

/** What the journal does not have as off: the latest entry of each such switch, the last thrown first. */
export function pendingSwitches(journal: SwitchJournal): SwitchNote[] {
  const latest = new Map<number, SwitchNote>();
  for (const entry of journal.list()) {
    latest.delete(entry.switch);
    latest.set(entry.switch, entry);
  }
  return [...latest.values()].filter(({ state }) => state === 'on').reverse();
}

/** Switches off whatever the journal has not as off, the last first. Yields one sentence for each that could not be. */
export async function switchAllOff(faults: FaultSwitch[], journal: SwitchJournal): Promise<string[]> {
  const failures: string[] = [];
  for (const { switch: index, group } of pendingSwitches(journal)) {
    const fault = faults[index];
    if (!fault) continue;
    // A command of a process that was killed would go on, and switch on what we switch off.
    if (group !== undefined) killGroup(group);
    await switchOff(fault, index, journal).catch((error: Error) => failures.push(error.message));
  }
  return failures;
}

/** How a fault is switched off by hand; the arguments of a command, which may hold a secret, are not repeated. */
export function tellOff({ toxiproxy, command }: FaultSwitch, index: number): string {
  if (command) return `run the command "off" (${command.off[0]}) of switches[${index}] in the target profile`;
  return toxiproxy ? tellTaking(toxiproxy, nameOf(index)) : 'nothing switches it off';
}

async function turn(
  state: 'on' | 'off',
  { title, command }: FaultSwitch,
  index: number,
  journal: SwitchJournal,
  otherwise: () => Promise<void> | undefined,
): Promise<void> {
  try {
    const onStart = (group: number) => journal.note({ switch: index, state: 'on', group });
    await (command ? runCommand(command[state], command.deadlineMs, onStart) : otherwise());
  } catch (error) {
    throw new Error(`The fault "${title}" could not be switched ${state}: ${(error as Error).message}.`);
  }
}

/** The toxic's name; always the same, so that a run finds what a killed one has left. */
function nameOf(index: number): string {
  return `ecc-fault-${index}`;
}
