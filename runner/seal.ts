import { toText } from '../exchange/content.ts';
import { isSetCookie, maskCookie } from '../exchange/mask-cookie.ts';
import type { Redactor } from '../exchange/redact.ts';
import type { CellOutcome, ControlOutcome } from '../judge/cell-outcome.ts';
import type { FindingWithEvidence, FreshEvidence } from '../judge/finding.ts';
import type { Exchange, RequestSpec, ResponseRecord } from '../model/exchange.ts';

/** Takes secrets out of what leaves a runner: what it hands out, and what it says. Inside, everything is as it came. */
export type Seal = {
  outcome(outcome: CellOutcome): CellOutcome;
  exchange(exchange: Exchange): Exchange;
  text(text: string): string;
};

/** What may be the end of something longer, so that half a secret may stand there. */
const CUT = { end: true };

/** Makes the seal; each piece of evidence has a redactor of its own, which knows the sessions that were set in it. */
export function createSeal(newRedactor: () => Redactor): Seal {
  function sealFinding(finding: FindingWithEvidence): FindingWithEvidence {
    const redactor = learn(newRedactor(), finding.evidence.exchange);
    // Both are made of what the server wrote, and cut where that is long; the place is made of names that the contract has.
    const text = (part: string) => sealCut(part, redactor);
    const { message, pointer } = finding;
    return {
      ...finding,
      message: text(message),
      pointer: text(pointer),
      evidence: sealEvidence(finding.evidence, redactor),
    };
  }

  function sealEvidence(evidence: FreshEvidence, redactor = learn(newRedactor(), evidence.exchange)): FreshEvidence {
    return {
      ...evidence,
      exchange: sealExchange(evidence.exchange, redactor),
      curl: redactor.text(evidence.curl, 'body'),
    };
  }

  function sealControl(control: ControlOutcome, redactor: Redactor): ControlOutcome {
    const { record, evidence, retries } = control;
    return {
      record: sealReason(record, redactor),
      ...(evidence && { evidence: sealEvidence(evidence) }),
      retries: retries.map((retry) => ({ ...retry, evidence: sealEvidence(retry.evidence) })),
    };
  }

  function sealReason<Said extends { reason?: string }>(said: Said, redactor: Redactor): Said {
    return said.reason === undefined ? said : { ...said, reason: sealCut(said.reason, redactor, CUT) };
  }

  return {
    text: (text) => sealCut(text, newRedactor(), CUT),
    exchange: (exchange) => sealExchange(exchange, learn(newRedactor(), exchange)),
    outcome({ record, findings, controls, retries, sample, ...rest }) {
      // A reason may quote what the answer to a control said.
      const redactor = newRedactor();
      for (const { evidence } of controls) if (evidence) learn(redactor, evidence.exchange);
      return {
        ...rest,
        record: { ...sealReason(record, redactor), cases: record.cases.map((each) => sealReason(each, redactor)) },
        findings: findings.map(sealFinding),
        controls: controls.map((each) => sealControl(each, redactor)),
        retries: retries.map((retry) => ({ ...retry, evidence: sealEvidence(retry.evidence) })),
        ...(sample && { sample: sealEvidence(sample) }),
      };
    },
  };
}

/** What an answer sets as a session is a secret in all of it. */
function learn(redactor: Redactor, { response }: Exchange): Redactor {
  for (const [name, value] of response?.headers ?? []) if (isSetCookie(name)) redactor.learnCookie(value);
  return redactor;
}

function sealExchange(exchange: Exchange, redactor: Redactor): Exchange {
  const { request, url, response, failure } = exchange;
  const sealed: Exchange = { ...exchange, request: sealRequest(request, redactor), url: redactor.text(url, 'body') };
  if (response) sealed.response = sealResponse(response, redactor);
  if (failure) {
    const { message, received } = failure;
    sealed.failure = { ...failure, message: sealCut(message, redactor) };
    if (received !== undefined) sealed.failure.received = redactor.text(received, 'body', CUT);
  }
  return sealed;
}

/** Where a message was cut, there may be the beginning of a secret. */
function sealCut(message: string, redactor: Redactor, last = { end: false }): string {
  const parts = message.split('…');
  return parts.map((part, index) => redactor.text(part, 'body', index < parts.length - 1 ? CUT : last)).join('…');
}

/** A request names our own secrets by placeholder; what it took from an earlier answer, such as an id, may be one all the same. */
function sealRequest(request: RequestSpec, redactor: Redactor): RequestSpec {
  const { target, headers, body } = request;
  return {
    ...request,
    target: redactor.text(target, 'body'),
    headers: headers.map(([name, value]) => [name, redactor.text(value, 'header')]),
    ...(body && {
      body:
        'text' in body
          ? { text: redactor.text(body.text, 'body', CUT) }
          : { base64: sealBase64(body.base64, redactor) },
    }),
  };
}

function sealResponse(response: ResponseRecord, redactor: Redactor): ResponseRecord {
  const { reason, headers, body, bodyBytes, validUtf8, bodyBase64, bytesAfter, truncated, complete, decodeError } =
    response;
  const base64 = bodyBase64 === undefined ? undefined : sealBase64(bodyBase64, redactor);
  // A Content-Length that is too small may part a secret between the body and the bytes behind it.
  const isSplit = bytesAfter !== '';
  const isCut = truncated || !complete || Buffer.byteLength(body) !== bodyBytes;
  return {
    ...response,
    reason: redactor.text(reason, 'header'),
    headers: headers.map(([name, value]) => {
      const clean = redactor.text(value, 'header');
      return [redactor.text(name, 'header'), isSetCookie(name) ? maskCookie(clean) : clean];
    }),
    // What is no UTF-8 has lost, as text, what a secret may be known by: its first bytes are all that is shown.
    body:
      validUtf8 || base64 === undefined
        ? redactor.text(body, 'body', { end: isCut || isSplit })
        : toText(Buffer.from(base64, 'base64'), true),
    bytesAfter: redactor.text(bytesAfter, 'after', { start: isSplit, end: true }),
    ...(base64 !== undefined && { bodyBase64: base64 }),
    ...(decodeError !== undefined && { decodeError: redactor.text(decodeError, 'header') }),
  };
}

function sealBase64(base64: string, redactor: Redactor): string {
  return redactor.bytes(Buffer.from(base64, 'base64'), 'body', CUT).toString('base64');
}
