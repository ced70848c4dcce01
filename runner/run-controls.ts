import { retryOf } from '../judge/answer.ts';
import type { ControlOutcome } from '../judge/cell-outcome.ts';
import { describeAnswer, showText } from '../judge/describe-answer.ts';
import { makeEvidence } from '../judge/evidence.ts';
import { isFromGateway } from '../judge/gateway.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Control, ControlRule } from '../plan/case.ts';
import { type Journal, removalOf } from './build-world.ts';
import { holds } from './holds.ts';
import { type Sent, sendPatiently } from './send-patiently.ts';
import type { Session } from './session.ts';
import { whyStillThere } from './settle.ts';
import { mayPass, type Standing } from './standing.ts';
import { undo } from './undo.ts';

/**
 * Sends every control once, stage by stage, and tells of each what became of it. What a control makes is removed at once.
 * Controls of one stage run concurrently; those that change one object run one after the other.
 */
export async function runControls(
  session: Session,
  controls: Control[],
  journal: Journal,
  standing: Standing,
  tell: (outcome: ControlOutcome) => void,
): Promise<void> {
  for (const stage of [...new Set(controls.map((control) => control.stage))].sort()) {
    const here = controls.filter((control) => control.stage === stage);
    await Promise.all(
      shareNothing(here).map(async (group) => {
        for (const control of group) tell(await runControl(session, control, journal, standing));
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

async function runControl(
  session: Session,
  control: Control,
  journal: Journal,
  standing: Standing,
): Promise<ControlOutcome> {
  const lost = standing.lost();
  if (lost !== undefined)
    return { record: { ...asked(control), held: false, actual: null, reason: lost }, retries: [] };
  const { exchange, earlier } = await sendControl(session, control, journal, standing);
  // Who asks the API and hears a gateway has learnt nothing about the API.
  const isOther = isFromGateway(exchange, session.law.gateway);
  const lasting = await whyStillThere(session, control.operation, exchange);
  const held = !isOther && lasting === undefined && holds(control.holds, exchange);
  const record: ControlOutcome['record'] = { ...asked(control), held, actual: exchange.response?.status ?? null };
  const retries = earlier.map((each) => retryOf(control.operation, control.id, each));
  if (held) standing.note(control);
  if (held) return { record, retries };
  const said = `${isOther ? ' from the gateway' : ''}${exchange.response ? showText(exchange.response) : ''}`;
  record.reason = lasting ?? `expected ${record.expected}, ${describeAnswer(exchange)}${said}`;
  return { record, evidence: makeEvidence(exchange), retries };
}

function asked({ id, title, operation, holds: rule }: Control): Omit<ControlOutcome['record'], 'held' | 'actual'> {
  return { id, title, operation, expected: describeRule(rule) };
}

/** Sends a control; once more where the target may just have been away, as soon as it serves again what it served before. */
async function sendControl(session: Session, control: Control, journal: Journal, standing: Standing): Promise<Sent> {
  const send = async (): Promise<Sent> => {
    const sent = await sendPatiently(session, { ...control, isUrgent: true });
    const removal = removalOf(session, control.operation, sent.exchange);
    // It has shown what it was to show; what stays counts against those that a run may have.
    if (removal) await undo(session, [removal], journal);
    return sent;
  };
  const sent = await send();
  if (holds(control.holds, sent.exchange) || !mayRepeat(control, sent.exchange)) return sent;
  const stand = await standing.askAnother(control);
  return stand?.held ? send() : sent;
}

/** Whether an answer may be that of a target which is away, and to a request that it has surely not carried out, or that may be carried out twice. */
function mayRepeat({ request, danger }: Control, { response, failure }: Exchange): boolean {
  if (failure?.kind === 'held' || failure?.kind === 'unreachable') return false;
  const status = response?.status ?? null;
  const isRefused = status !== null && [401, 403, 429, 503].includes(status);
  return mayPass(status) && (isRefused || danger !== 'write' || !['POST', 'PATCH'].includes(request.method));
}

function describeRule(rule: ControlRule): string {
  if ('success' in rule) return 'a success (2xx)';
  return 'status' in rule ? rule.status.join(' or ') : `an answer other than ${rule.not}, 429 and 5xx`;
}
