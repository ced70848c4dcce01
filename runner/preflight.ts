import { showLocation } from '../judge/describe-answer.ts';
import { documentedOf } from '../judge/judge.ts';
import { parseBody } from '../judge/response-body.ts';
import type { Exchange, RequestSpec, ResponseRecord } from '../model/exchange.ts';
import { valueAt } from '../model/json-pointer.ts';
import type { Danger, Scene } from '../plan/case.ts';
import { makesObject } from '../plan/places.ts';
import { firstList, needsMoreThanPath } from '../plan/resources.ts';
import { NOTHING } from '../provocations/credentials.ts';
import { buildRequest, unknownParams } from '../provocations/request.ts';
import type { Preflight } from '../report/report.ts';
import { answersTo } from '../schemas/answers.ts';
import type { Condition } from '../schemas/conditions.ts';
import type { Operation } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';
import { isSecured } from '../schemas/security.ts';
import { emptyWorld } from './build-world.ts';
import { isHttp2Only } from './http2-only.ts';
import { sendPatiently } from './send-patiently.ts';
import { type Session, sceneOf } from './session.ts';

/** The target cannot be tested at all; the message is one sentence that says why and what to do. */
export class PreflightError extends Error {
  override name = 'PreflightError';
}

/** The target that is looked at, and at which URL it is. */
type Target = { session: Session; url: string; scene: Scene };

const TOKEN = 'that API_TOKEN is accepted';
const ALL = 'that this is the API and API_TOKEN is accepted';

/**
 * Shows that the target is there, takes the token and is this API, by the best that the contract has for it: a GET that needs
 * nothing, one whose object the target profile names, one of an id that nothing has, or what has to be refused without a token.
 * Throws a PreflightError when it shows the contrary; what nothing shows is said.
 */
export async function checkTarget(session: Session, url: string): Promise<Preflight> {
  const target: Target = { session, url, scene: sceneOf(session, emptyWorld('preflight')) };
  const unshown: string[] = [];
  for (const look of looksAt(target)) {
    const seen = await look();
    if (seen.showed !== undefined) return seen;
    if (seen.unshown !== undefined) unshown.push(seen.unshown);
  }
  return { unshown: unshown[0] ?? `${ALL}: the contract has nothing to ask for that changes nothing` };
}

/** What can be done to learn of a target, the most telling first. */
function looksAt(target: Target): (() => Promise<Preflight>)[] {
  const { contract, capabilities } = target.scene;
  const { objects } = capabilities.profile;
  const gets = contract.operations.filter((each) => each.method === 'GET' && !needsMoreThanPath(each));
  const below = gets.filter(({ path }) => pathParams(path).length > 0);
  const isNamed = ({ id, path }: Operation) => pathParams(path).every((name) => objects[id]?.[name] !== undefined);
  const creates = contract.operations.filter(
    (each) =>
      makesObject(each, contract) && pathParams(each.path).length === 0 && capabilities.allow.includes('reject'),
  );
  const answers = (condition: Condition) => (each: Operation) => answersTo(condition, each, contract) !== undefined;
  const [open, named] = [firstList(contract), below.find(isNamed)];
  const nowhere = below.find(answers('unknown-object'));
  const guarded = [...gets, ...creates].filter(isSecured).find(answers('no-credential'));
  return [
    ...(open ? [() => lookAtSuccess(target, open, {})] : []),
    ...(named ? [() => lookAtSuccess(target, named, objects[named.id] ?? {})] : []),
    ...(nowhere ? [() => lookAtNothing(target, nowhere)] : []),
    ...(guarded ? [() => lookWithoutToken(target, guarded)] : []),
  ];
}

/** Reads what ought to be there; `params` are those of an object that the target profile names. */
async function lookAtSuccess(target: Target, operation: Operation, params: Record<string, string>): Promise<Preflight> {
  const response = await ask(target, buildRequest(operation, { params }));
  const { status } = response;
  const [asked, showed] = [`GET ${target.url}${operation.path}`, `GET ${operation.path} answered ${status}`];
  if (status === 401 || status === 403) throw refused(asked, status);
  const isNamed = Object.keys(params).length > 0;
  // An object that is gone is no reason to test nothing, where it is this API that says so.
  if (isNamed && holds('unknown-object', operation, response, target)) return { showed };
  if (status === 404) {
    const more = isNamed ? ', and the object that the target profile names' : '';
    throw new PreflightError(
      `API_URL is not the base URL of this API: ${asked} answered 404; expected ${expectationOf(operation)}. Check the prefix (often /api)${more}.`,
    );
  }
  if (!operation.successes.includes(status))
    throw new PreflightError(
      status >= 300 && status <= 399
        ? `API_URL is not the base URL of this API: ${asked} answered ${status}${showLocation(response)}; expected ${expectationOf(operation)}. Redirects are never followed.`
        : `The target is not ready: ${asked} answered ${status}; expected ${operation.successes.join(' or ')}.`,
    );
  const body = parseBody(response);
  const list = listOf(operation);
  if (list === undefined) return body.kind === 'json' ? { showed } : { unshown: `${ALL}: ${showed}, and no JSON` };
  if (body.kind === 'json' && Array.isArray(valueAt(body.value, list))) return { showed };
  throw new PreflightError(
    `API_URL is not this API: ${asked} answered ${status}, and the body is not the documented list.`,
  );
}

/** Asks for an id that nothing has, with the token and without: a path that is wrong is not there for anybody. */
async function lookAtNothing(target: Target, operation: Operation): Promise<Preflight> {
  const params = unknownParams(operation, target.scene);
  const response = await ask(target, buildRequest(operation, { params }));
  const { status } = response;
  if (status === 401) throw refused(`GET ${target.url}${operation.path} of an id that nothing has`, status);
  const seen = `GET ${operation.path} of an id that nothing has answered ${status}${showLocation(response)}`;
  if (!holds('unknown-object', operation, response, target)) return { unshown: `${ALL}: ${seen}` };
  if (!isSecured(operation)) return { showed: seen };
  const without = await ask(target, buildRequest(operation, { params, credential: NOTHING }));
  if (!holds('no-credential', operation, without, target)) return { showed: seen, unshown: TOKEN };
  return { showed: `${seen}, and ${without.status} without a token` };
}

/** Asks for what has to be refused: that it is shows a target that guards what is here. */
async function lookWithoutToken(target: Target, operation: Operation): Promise<Preflight> {
  const params = unknownParams(operation, target.scene);
  const request = buildRequest(operation, { params, credential: NOTHING });
  const response = await ask(target, request, operation.method === 'GET' ? 'read' : 'reject');
  const seen = `${operation.method} ${operation.path} without a token answered ${response.status}${showLocation(response)}`;
  if (holds('no-credential', operation, response, target)) return { showed: seen, unshown: TOKEN };
  return { unshown: `${ALL}: ${seen}` };
}

/** What is answered; throws where nothing is. */
async function ask({ session, url }: Target, request: RequestSpec, danger: Danger = 'read'): Promise<ResponseRecord> {
  const { exchange } = await sendPatiently(session, { request, danger });
  if (isHttp2Only(exchange)) throw new PreflightError(speaksHttp2(url));
  if (exchange.response) return exchange.response;
  throw new PreflightError(describeFailure(exchange, url));
}

/** Whether an answer is one that the contract has for a condition, with its published body. */
function holds(condition: Condition, operation: Operation, response: ResponseRecord, { session }: Target): boolean {
  const { contract, law } = session;
  if (!answersTo(condition, operation, contract)?.required.includes(response.status)) return false;
  const body = parseBody(response);
  const { schema } = documentedOf(response, { operation: operation.id }, law);
  if (body.kind !== 'json') return false;
  return schema === undefined || law.rules.judgeBody(schema, body.value)?.length === 0;
}

function refused(asked: string, status: number): PreflightError {
  return new PreflightError(
    `The token is not accepted: ${asked} with API_TOKEN answered ${status}; check API_TOKEN, and that it belongs to this API.`,
  );
}

function describeFailure({ failure }: Exchange, url: string): string {
  const what = failure?.kind === 'unreachable' ? 'cannot be reached' : 'gives no answer';
  return `The target ${url} ${what}: ${failure?.message ?? 'nothing came'}; check API_URL, and that the API is running.`;
}

function speaksHttp2(url: string): string {
  return `The target ${url} speaks HTTP/2 only, and this suite speaks HTTP/1.1; let API_URL lead to where HTTP/1.1 is taken, too.`;
}

function expectationOf(operation: Operation): string {
  return listOf(operation) === undefined ? operation.successes.join(' or ') : 'a list';
}

/** Where the array stands that the operation's links point into; undefined when none does. */
function listOf({ links }: Operation): string | undefined {
  return links
    .flatMap((link) => Object.values(link.parameters))
    .map((each) => /^\$response\.body#(.*?)\/0(\/|$)/.exec(each)?.[1])
    .find((each) => each !== undefined);
}
