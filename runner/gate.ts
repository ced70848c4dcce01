import type { Client } from '../exchange/client.ts';
import type { Exchange, RequestSpec, TransportFailure } from '../model/exchange.ts';
import { decodeLoosely, isDecodable } from '../model/percent.ts';
import type { Scene } from '../plan/case.ts';
import { findPlace, isCollection, kindOf, makesObject, type Named, objectPath, type Place } from '../plan/places.ts';
import { isMadeUp, madeUpIds, randomPart } from '../provocations/made-up.ts';
import { requestTo } from '../provocations/request.ts';
import type { Contract, Operation } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';
import { findOverride } from './find-override.ts';
import { madeObject } from './made-object.ts';

/**
 * What stands before the wire. It knows method and target, as a server reads them: what could change something goes out only to
 * where this run makes its objects, to these objects, to ids that nothing has, or to a hidden object whose reading was refused.
 */
export type Gate = {
  /** A client that sends what the gate lets through; what it holds back is an exchange with a failure of kind `held`. */
  guard(client: Client, ask: Ask): Client;
  /** Asks what it would ask before this request goes out, as long as the target can tell: in a fault it cannot. */
  askAhead(request: RequestSpec, ask: Ask): Promise<void>;
  /** Takes an id for one that this run has made up. */
  trust(madeUp: string): void;
  /** Takes one object for this run's own: `path` is a template, `params` are its parameters. */
  own(path: string, params: Record<string, string>): void;
  /** Lets no more objects be made by an operation, for a reason, and tells it. */
  withhold(create: Operation, reason: string): void;
  withheld(create: Operation): string | undefined;
};

/** Sends a request that reads, and tries again where the answer says nothing. */
type Ask = (request: RequestSpec) => Promise<Exchange>;

/** Methods that change nothing (RFC 9110 §9.2.1), and those that nobody has but this suite. */
const SAFE = /^(?:GET|HEAD|OPTIONS|TRACE|ECC.*)$/;

/**
 * `EHELD`: it aims at what is not this run's. `ENOTFREE`: what it aims at may be somebody's, as far as the API tells. Where what
 * has to be asked first cannot reach the target, the failure is that one: it is the network's, and not the request's.
 */
type Reason = Pick<TransportFailure, 'code' | 'message'> & { kind: 'held' | 'unreachable' };

/** Makes the gate of a plan; `baseUrl` has no trailing slash. */
export function createGate({ contract, resources, capabilities }: Omit<Scene, 'world'>, baseUrl: string): Gate {
  const { profile } = capabilities;
  /** Ids of own objects, by the kind of their path, and those that were removed again: somebody else may have been given them. */
  const own = new Map<string, Set<string>>();
  const removed = new Map<string, Set<string>>();
  /** All ids that this run has made, of whatever kind, and those of them that are random. */
  const known = new Set<string>();
  const random = new Set<string>();
  /** Ids that this run has made up and that somebody may have by chance. */
  const madeUps = new Set<string>();
  const asked = new Map<string, Promise<Exchange>>();
  const withheld = new Map<Operation, string>();

  function takeOwn(path: string, params: Record<string, string>): void {
    const [kind, id] = [kindOf(path), params[pathParams(path).at(-1) ?? '']];
    if (id === undefined || removed.get(kind)?.has(id)) return;
    put(own, kind, id);
    known.add(id);
    const part = randomPart(id);
    if (part !== undefined) random.add(part);
  }

  function lose({ kind, id, target }: Named): void {
    asked.delete(target);
    // A random id is given once.
    if (randomPart(id) !== undefined) return;
    own.get(kind)?.delete(id);
    put(removed, kind, id);
  }

  function learn(request: RequestSpec, exchange: Exchange): void {
    const { status = 0 } = exchange.response ?? {};
    const place = status < 200 || status > 299 ? undefined : findPlace(request.target, contract);
    const operation = place && operationAt(place, request.method, contract);
    const object = place?.objects.at(-1);
    if (operation?.method === 'DELETE' && object && objectPath(operation.path) === operation.path) lose(object);
    for (const resource of resources.filter(({ create }) => create === operation)) {
      const params = madeObject(resource, exchange)?.params;
      if (!params) continue;
      removed.get(kindOf(resource.path))?.delete(params[resource.idParam] ?? '');
      takeOwn(resource.path, params);
    }
  }

  /** Why a request is held back; nothing when it may go out. */
  async function judge(request: RequestSpec, ask: Ask): Promise<Reason | undefined> {
    const override = findOverride(request);
    if (override !== undefined) return held(request, `names another method in ${override}`);
    if (SAFE.test(request.method)) return undefined;
    const place = findPlace(request.target, contract);
    if (!place) return held(request, 'leads to no path that the contract names');
    const operation = operationAt(place, request.method, contract);
    const isPost = request.method === 'POST';
    if (isPost && !operation) return held(request, 'is a POST that the contract does not name');
    const why = operation && withheld.get(operation);
    if (why !== undefined) return unsure(request, why);
    const named = operation && isPost ? namedBy(operation) : undefined;
    if (place.objects.length === 0 && !(operation && (makesObject(operation, contract) || (named && isPost))))
      return held(request, isPost ? 'makes nothing that the contract names' : 'aims at no object');
    if (!isPost && isCollection(place.path, contract)) return held(request, 'aims at a whole collection');
    for (const [index, object] of place.objects.entries()) {
      if (named?.some((params) => params[index] === object.id)) continue;
      const reason = await judgeObject(request, object, place, ask);
      if (reason) return reason;
    }
    return undefined;
  }

  /** The ids that the profile names for an operation, by their place in its path: those of its object, and of its recipes. */
  function namedBy({ id, path }: Operation): (string | undefined)[][] | undefined {
    const recipes = profile.faults.filter(({ operations }) => operations === 'all' || operations.includes(id));
    const all = [profile.objects[id], ...recipes.map(({ params }) => params)].filter((each) => each !== undefined);
    return all.length === 0 ? undefined : all.map((params) => pathParams(path).map((name) => params[name]));
  }

  async function judgeObject(request: RequestSpec, object: Named, place: Place, ask: Ask): Promise<Reason | undefined> {
    if (own.get(object.kind)?.has(object.id)) return undefined;
    if (isHidden(object)) return judgeHidden(request, place, ask);
    const isRandom = random.has(randomPart(object.id) ?? '');
    const isForeign = !isRandom && !isMadeUp(object.id) && !madeUps.has(object.id) && !known.has(object.id);
    if (!known.has(object.id) && /[/\\]/.test(object.id))
      return held(request, `names ${quote(object)}, which may lead elsewhere`);
    if (isForeign) return held(request, `names ${quote(object)}, which this run has neither made nor made up`);
    const read = readOf(object);
    if (!read)
      return isRandom ? undefined : unsure(request, `nothing reads ${quote(object)}, so that it may be somebody's`);
    const exchange = await look(read, object.target, ask);
    if (isUnreached(exchange.failure)) return exchange.failure;
    const status = exchange.response?.status;
    // An encoding that cannot be read is refused in another way, and names nothing.
    const isRefused = isRandom && !isDecodable(object.target) && status !== undefined && status >= 400 && status < 500;
    if (status === 404 || isRefused) return undefined;
    const got = status ?? `nothing (${exchange.failure?.message ?? ''})`;
    return unsure(request, `${quote(object)} may be somebody's: GET ${object.target} was answered ${got}, and not 404`);
  }

  async function judgeHidden(request: RequestSpec, { objects }: Place, ask: Ask): Promise<Reason | undefined> {
    const object = objects.findLast((each) => isHidden(each) && readOf(each));
    const read = object && readOf(object);
    if (!read) return held(request, 'aims at a hidden object, and nothing reads it');
    const { response, failure } = await look(read, object.target, ask);
    if (isUnreached(failure)) return failure;
    if (response?.status === 403) return undefined;
    const why = `a hidden object whose reading was answered ${response?.status ?? 'nothing'}, and not 403`;
    // A server that fails says nothing about who may read.
    return (response?.status ?? 500) < 500 ? held(request, `aims at ${why}`) : unsure(request, `it aims at ${why}`);
  }

  function isHidden({ target }: Named): boolean {
    const path = target.split('/').map(decodeLoosely).join('/');
    return profile.restricted.some((each) => path === each || path.startsWith(`${each}/`));
  }

  function readOf({ kind }: Named): Operation | undefined {
    return contract.operations.find(({ method, path }) => method === 'GET' && kindOf(path) === kind);
  }

  function look(read: Operation, target: string, ask: Ask): Promise<Exchange> {
    const answer = asked.get(target) ?? ask(requestTo(read, 'GET', target, {}));
    asked.set(target, answer);
    // What says nothing is asked again the next time.
    void answer.then(({ response }) => {
      if (response?.status !== 404 && response?.status !== 403) asked.delete(target);
    });
    return answer;
  }

  return {
    guard: (client, ask) => ({
      ...client,
      async send(request, options) {
        const reason = await judge(request, ask);
        if (reason) return holdBack(request, `${baseUrl}${request.target}`, reason);
        const exchange = await client.send(request, options);
        learn(request, exchange);
        return exchange;
      },
    }),
    async askAhead(request, ask) {
      await judge(request, ask);
    },
    trust(madeUp) {
      random.add(madeUp);
      for (const id of madeUpIds(contract.operations, madeUp)) madeUps.add(id);
    },
    own: takeOwn,
    withhold: (create, reason) => void withheld.set(create, reason),
    withheld: (create) => withheld.get(create),
  };
}

function put(ids: Map<string, Set<string>>, kind: string, id: string): void {
  ids.set(kind, (ids.get(kind) ?? new Set()).add(id));
}

function operationAt({ path }: Place, method: string, { operations }: Contract): Operation | undefined {
  return operations.find((each) => each.method === method && kindOf(each.path) === kindOf(path));
}

function holdBack(request: RequestSpec, url: string, { kind, code, message }: Reason): Exchange {
  return { request, url, failure: { kind, code, message }, echoed: [], ms: 0 };
}

function isUnreached(failure: TransportFailure | undefined): failure is TransportFailure & { kind: 'unreachable' } {
  return failure?.kind === 'unreachable';
}

function held({ method, target }: RequestSpec, why: string): Reason {
  return { kind: 'held', code: 'EHELD', message: `${method} ${target} was held back: it ${why}` };
}

function unsure({ method, target }: RequestSpec, why: string): Reason {
  return { kind: 'held', code: 'ENOTFREE', message: `${method} ${target} was not sent: ${why}` };
}

function quote({ target }: Named): string {
  return `"${target}"`;
}
