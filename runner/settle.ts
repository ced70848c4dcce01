import type { Exchange } from '../model/exchange.ts';
import type { Resource } from '../plan/resources.ts';
import { buildRequest } from '../provocations/request.ts';
import { paramsOf } from './made-object.ts';
import { sendPatiently } from './send-patiently.ts';
import type { Session } from './session.ts';

/** The gaps between two looks, in milliseconds: doubled from the first to the longest. */
const FIRST_GAP_MS = 100;
const LONGEST_GAP_MS = 1000;

/** What was made is looked for so long, in milliseconds: copies of a database are some hundred milliseconds behind. */
const THERE_MS = 3000;

/** What is removed later is waited for so long before cases are built on it, in milliseconds. */
const GONE_MS = 10_000;

/** What is settled with: the parts of a session that send and wait. */
type Settling = Pick<Session, 'client' | 'patience' | 'pause'>;

/** Waits until an object that was just made can be read, where the contract has an operation for that; never for longer than 3 s. */
export async function awaitThere(session: Settling, resource: Resource, params: Record<string, string>): Promise<void> {
  await look(session, resource, params, THERE_MS, (status) => status !== 404);
}

/**
 * Waits until an object whose removal was accepted, but not carried out yet (202), is no longer found. Yields false when it is still
 * there after `longestMs` milliseconds, or nothing can read it.
 */
export function awaitGone(
  session: Settling,
  resource: Resource | undefined,
  params: Record<string, string>,
  longestMs: number,
): Promise<boolean> {
  if (!resource?.read) return Promise.resolve(false);
  return look(session, resource, params, longestMs, (status) => status === 404 || status === 410);
}

/** After a removal that was only accepted: why nothing can be built on it, or nothing once the object is gone. */
export async function whyStillThere(
  session: Settling & Pick<Session, 'resources'>,
  operation: string,
  { request, response }: Exchange,
): Promise<string | undefined> {
  const resource = session.resources.find(({ remove }) => remove?.id === operation);
  if (!resource?.remove || response?.status !== 202) return undefined;
  const params = paramsOf(resource.remove.path, request.target);
  if (await awaitGone(session, resource, params, GONE_MS)) return undefined;
  return resource.read
    ? `the removal was accepted (202), and the object was still there ${GONE_MS / 1000} s later`
    : 'the removal was accepted (202), and nothing tells when it is carried out';
}

/** Reads an object again and again until its answer is as wanted; false when it never was. */
async function look(
  session: Settling,
  { read }: Resource,
  params: Record<string, string>,
  longestMs: number,
  isWanted: (status: number | undefined) => boolean,
): Promise<boolean> {
  if (!read) return true;
  const request = buildRequest(read, { params });
  for (let waited = 0, gap = FIRST_GAP_MS; ; gap = Math.min(gap * 2, LONGEST_GAP_MS)) {
    const { exchange } = await sendPatiently(session, { request, danger: 'read', isUrgent: true });
    if (isWanted(exchange.response?.status)) return true;
    if (waited >= longestMs) return false;
    await session.pause(gap);
    waited += gap;
  }
}
