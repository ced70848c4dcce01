import { retryOf } from '../judge/answer.ts';
import type { ControlOutcome } from '../judge/cell-outcome.ts';
import { describeAnswer, showText } from '../judge/describe-answer.ts';
import { makeEvidence } from '../judge/evidence.ts';
import { isFromGateway } from '../judge/gateway.ts';
import type { Control, ControlRule } from '../plan/case.ts';
import { type Journal, removalOf } from './build-world.ts';
import { holds } from './holds.ts';
import { sendPatiently } from './send-patiently.ts';
import type { Session } from './session.ts';
import { whyStillThere } from './settle.ts';

/**
 * Sends every control once, stage by stage, and tells of each what became of it. What a control creates goes into the journal.
 * Controls of one stage run concurrently; those that change one object run one after the other.
 */
export async function runControls(
  session: Session,
  controls: Control[],
  journal: Journal,
  tell: (outcome: ControlOutcome) => void,
): Promise<void> {
  for (const stage of [...new Set(controls.map((control) => control.stage))].sort()) {
    const here = controls.filter((control) => control.stage === stage);
    await Promise.all(
      shareNothing(here).map(async (group) => {
        for (const control of group) tell(await runControl(session, control, journal));
      }),
    );
  }
}

/** Groups of controls that have nothing to do with each other: what changes an object stands with all else that changes it. */
function shareNothing(controls: Control[]): Control[][] {
  const groups = new Map<string, Control[]>();
  for (const control of controls) {
    const { method, target } = control.request;
    const isShared = control.danger === 'write' && method !== 'POST';
    const key = isShared ? target : control.id;
    groups.set(key, [...(groups.get(key) ?? []), control]);
  }
  return [...groups.values()];
}

async function runControl(session: Session, control: Control, journal: Journal): Promise<ControlOutcome> {
  const { exchange, earlier } = await sendPatiently(session, { ...control, isUrgent: true });
  const removal = removalOf(session, control.operation, exchange);
  if (removal) journal(removal);
  // Who asks the API and hears a gateway has learnt nothing about the API.
  const isOther = isFromGateway(exchange, session.law.gateway);
  const lasting = await whyStillThere(session, control.operation, exchange);
  const held = !isOther && lasting === undefined && holds(control.holds, exchange);
  const record: ControlOutcome['record'] = {
    id: control.id,
    title: control.title,
    operation: control.operation,
    held,
    expected: describeRule(control.holds),
    actual: exchange.response?.status ?? null,
  };
  const retries = earlier.map((each) => retryOf(control.operation, control.id, each));
  if (held) return { record, retries };
  const said = `${isOther ? ' from the gateway' : ''}${exchange.response ? showText(exchange.response) : ''}`;
  record.reason = lasting ?? `expected ${record.expected}, ${describeAnswer(exchange)}${said}`;
  return { record, evidence: makeEvidence(exchange), retries };
}

function describeRule(rule: ControlRule): string {
  if ('success' in rule) return 'a success (2xx)';
  return 'status' in rule ? rule.status.join(' or ') : `an answer other than ${rule.not}, 429 and 5xx`;
}
