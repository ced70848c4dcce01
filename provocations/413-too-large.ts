import type { Draft, Provocation, Scene, Yield } from '../plan/case.ts';
import type { Condition } from '../schemas/conditions.ts';
import type { Operation } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';
import { baseControls, mayWrite, successControl } from './controls.ts';
import { buildRequest, isSafe, type RequestParts, realParams, whyNoObject } from './request.ts';

/** Larger than what any API of JSON takes by default, in bytes; some set no bound. */
const LARGE_BODY = 8 * 1024 * 1024;

/** Larger than what servers take for a request line and for all headers by default, in bytes: from 8 to 64 KiB. */
const LARGE_HEAD = 80 * 1024;

let body: string | undefined;

/** A body that no operation takes, whatever its size: one text for all, as a plan may hold many of them, and none where nobody wants it. */
function largeText(): string {
  body ??= JSON.stringify({ 'ecc-no-such-field': 'x'.repeat(LARGE_BODY) });
  return body;
}

const FILLER = 'x'.repeat(LARGE_HEAD);

/** Where the bound lies only the target knows: what is within it is served, or refused for another reason, and breaks nothing. */
function largeCase(
  operation: Operation,
  { contract }: Scene,
  made: Pick<Draft, 'id' | 'request' | 'controls' | 'danger'>,
): Draft {
  const others = contract.statuses.filter((status) => status < 500);
  return {
    ...made,
    provocation: made.id,
    provenance: 'organic',
    mayBreakOff: true,
    withinBounds: [...others, ...operation.successes],
  };
}

/** A read of what is there that has one thing too large in its head. */
function largeHead(id: string, condition: Condition, title: string, parts: RequestParts): Provocation {
  return {
    id,
    condition,
    title,
    appliesTo: isSafe,
    danger: () => 'read',
    cases(operation, scene): Yield {
      const params = realParams(operation, scene);
      const control = successControl(operation, scene);
      if (!params || !control) return { untestable: whyNoObject(operation, scene) };
      const request = buildRequest(operation, { ...parts, params });
      return [largeCase(operation, scene, { id, request, controls: [control], danger: 'read' })];
    },
  };
}

const largeBody: Provocation = {
  id: 'large-body',
  condition: 'too-large-body',
  title: `A body of ${LARGE_BODY / 1024 / 1024} MiB`,
  appliesTo: ({ body }) => body !== undefined,
  // One is as much as a thousand others.
  danger: () => 'load',
  cases(operation, scene): Yield {
    const params = realParams(operation, scene);
    if (!params) return { untestable: whyNoObject(operation, scene) };
    if (!mayWrite(scene) && pathParams(operation.path).length > 0)
      return { untestable: 'needs an object of our own (danger class "write")' };
    const request = buildRequest(operation, { params, rawBody: { text: largeText() } });
    const controls = baseControls(operation, scene);
    return [largeCase(operation, scene, { id: 'large-body', request, controls, danger: 'load' })];
  },
};

/** How 413 Content Too Large, 414 URI Too Long and 431 Request Header Fields Too Large are provoked. */
export const tooLarge: Provocation[] = [
  largeBody,
  largeHead('long-target', 'too-long-target', `A query of ${LARGE_HEAD / 1024} KiB`, { query: `ecc-filler=${FILLER}` }),
  largeHead('large-header', 'too-large-header', `A header of ${LARGE_HEAD / 1024} KiB`, {
    headers: [['X-Ecc-Filler', FILLER]],
  }),
];
