import type { RequestSpec } from '../model/exchange.ts';
import type { Provenance } from '../model/provenance.ts';
import type { Condition } from '../schemas/conditions.ts';
import type { Contract, Json, Operation } from '../schemas/contract.ts';
import type { Resource, WorldObject } from './resources.ts';

/**
 * What a request may do to the target:
 * - `read`: a safe method;
 * - `reject`: must be refused before any effect;
 * - `write`: makes, changes or removes the run's own objects;
 * - `load`: many requests in a short time;
 * - `fault`: makes the target, or something in front of it, fail.
 */
export type Danger = 'read' | 'reject' | 'write' | 'load' | 'fault';

/** Every danger class, mildest first. */
export const DANGERS: readonly Danger[] = ['read', 'reject', 'write', 'load', 'fault'];

/**
 * How a case is brought about:
 * - `request`: by what is sent alone;
 * - `probe`: by a generated request, which can only convict: what it finds counts, that it finds nothing shows nothing;
 * - `driver`: by a header that something in front, or the target's own test switch, answers to;
 * - `switch`: while a switch of the target profile is on, with nothing else under way;
 * - `burst`: by many requests in a short time, with nothing else under way.
 */
export type Via = 'request' | 'probe' | 'driver' | 'switch' | 'burst';

/** When a control holds: any success, one of the named statuses, or an orderly answer other than the named one. */
export type ControlRule = { success: true } | { status: number[] } | { not: number };

/** The same request without the fault; it shows that an error has the cause that is claimed. */
export type Control = {
  /** Unique in the run; cases that need the same control name the same id. */
  id: string;
  title: string;
  operation: string;
  request: RequestSpec;
  holds: ControlRule;
  danger: Danger;
  /** Set when the contract does not promise what it asks for: its cases are then untestable and not an error when it does not hold. */
  optional?: true;
  /** Controls of a lower stage are sent before those of a higher one (what removes an object comes last). */
  stage: number;
};

/** Checks of a status that no page of a contract speaks of: what is sent may be served, and had better not be. */
export type Judge = 'url-credential-refused' | 'two-credentials-refused';

/** One provocation applied to one operation: a request, the statuses it may get, and what must hold first. */
export type Case = {
  /** Unique within the cell; stable from run to run. */
  id: string;
  provocation: string;
  /** What is wrong, so that an error is due. */
  condition: Condition;
  via: Via;
  request: RequestSpec;
  /** Any of these is right; the first is that of its cell. */
  expected: number[];
  /** Documented statuses that are not right, and break no MUST. */
  tolerated?: number[];
  /**
   * Statuses that say that something which is too large is not so for this target, or that nothing is decided yet (202): they break
   * nothing, and provoke nothing.
   */
  withinBounds?: number[];
  controls: Control[];
  danger: Danger;
  provenance: Provenance;
  /** The request field at fault, as a dotted path (`destination.topic`). */
  field?: string;
  /** Of a probe: each thing that is made wrong, where and how, without the value that makes it so. */
  kinds?: string[];
  /** The check that judges its status, where that is not the contract's to say; else the one of its cell does. */
  judgedBy?: Judge;
  /** Id of the case of its cell that has to be refused, or else nobody is let in by what this one carries, and it shows nothing. */
  guard?: string;
  /** Send it twice: the two answers must agree. */
  repeat?: boolean;
  /** The two cases of one cell with the same pair must be answered alike; each has to be sent twice (`repeat`), which tells what changes anyway. */
  pair?: string;
  /** Index of the profile's switch that has to be on while it is sent. */
  switch?: number;
  /** What makes the target fail, where cases of other operations may rest on the same. */
  fault?: string;
  /** Set where the target may break the connection off in place of an answer, because it reads no further (RFC 9110 §15.5.14). */
  mayBreakOff?: true;
  /** Why this run keeps it back, when a setting says so: it is seen, as untestable, and another run could send it. */
  withheld?: string;
};

/** A header template that makes a proxy, a mock or the target answer with a given status. */
export type FaultDriver = {
  name: string;
  provenance: Provenance;
  /** Header name → value; `{status}` stands for the status wanted. */
  headers: Record<string, string>;
  /** Statuses it can produce. */
  statuses: number[];
  /** True when the target itself is a mock, so that nothing it says is organic. */
  mock: boolean;
};

/** An organic way to reach an error on one particular target: changes to an operation's ordinary request. */
export type FaultRecipe = {
  status: number;
  /** Operation ids, or `all`. */
  operations: 'all' | string[];
  title: string;
  headers?: Record<string, string>;
  /** Path parameters to replace. */
  params?: Record<string, string>;
  /** Merged into the body. */
  body?: Record<string, Json>;
};

/** A disturbance that Toxiproxy puts on a connection (its HTTP API, "Toxics"). */
export type Toxic = {
  type: string;
  stream: 'downstream' | 'upstream';
  /** Share of connections that it falls on, from 0 to 1. */
  toxicity: number;
  attributes: Record<string, Json>;
};

/** A proxy of Toxiproxy between the target and something it depends on, and what to do to it; `cut` refuses connections. */
export type ToxiproxyFault = {
  /** Where Toxiproxy's HTTP API listens. */
  url: string;
  proxy: string;
  toxic?: Toxic;
  cut?: true;
};

/** Programs with their arguments, run without a shell; each is killed after the deadline, in milliseconds. */
type CommandFault = { on: string[]; off: string[]; deadlineMs: number };

/** A fault that is switched on for the target as a whole, and off again. Either `toxiproxy` or `command` is set. */
export type FaultSwitch = {
  status: number;
  /** Operation ids, or `all`. */
  operations: 'all' | string[];
  title: string;
  /** Whose error it then is. */
  provenance: Exclude<Provenance, 'recorded'>;
  /** How long the target may take to be as before once it is off, in milliseconds. */
  recoverMs: number;
  toxiproxy?: ToxiproxyFault;
  command?: CommandFault;
};

/**
 * What tells an answer that a gateway in front gave itself from the API's own; all that is named must hold. Texts may stand
 * anywhere in the value or body, in any letter case.
 */
export type GatewaySign = { statuses?: number[]; headers?: Record<string, string>; body?: string };

/** What is known of one target and is no part of the contract. */
export type TargetProfile = {
  name: string;
  description: string;
  /** Paths of objects hidden for administrators only. */
  restricted: string[];
  /** Path parameters of objects below the restricted ones. */
  restrictedParams: Record<string, string>;
  faults: FaultRecipe[];
  switches: FaultSwitch[];
  gateway: GatewaySign[];
  /** Path parameters an operation needs for its success control, by operation id. */
  objects: Record<string, Record<string, string>>;
  /** Headers that an operation's requests need here, by operation id, or `all`. */
  headers: Record<string, Record<string, string>>;
  /** Ids of the operations that the limited token may not use. */
  limited: string[];
  /** Values that keep what an operation makes from doing anything, by operation id and dotted path, over those of the contract. */
  inert?: Record<string, Record<string, Json>>;
  /** Merged into an operation's valid bodies, by operation id. */
  bodies: Record<string, Record<string, Json>>;
  rateLimit: { maxRequests: number; maxWaitMs: number };
  /** How many requests with a wrong credential a run may send before somebody might be locked out. */
  wrongCredentials: number | 'unlimited';
};

/** How much input is generated: the level, the seed that the choice depends on, and the most requests of a run. */
export type Generation = { level: 'quick' | 'deep'; seed: number; budget: number };

/** How many objects of a kind a run has on the target at a time, unless told otherwise. */
export const MOST_OBJECTS = 10;

/** What this run may do and has at hand. */
export type Capabilities = {
  allow: Danger[];
  /** Whether a request may have the token in its URL, which every log on the way keeps. */
  tokenInUrl: boolean;
  /** An administrator token is configured. */
  admin: boolean;
  /** A token that may not do what the profile says is configured. */
  limited?: boolean;
  profile: TargetProfile;
  faultDriver?: FaultDriver;
  /** How many objects of a kind may be alive at a time; `MOST_OBJECTS` when absent. */
  mostObjects?: number;
  /** Absent when no input is generated. */
  generation?: Generation;
};

/** What stands on the target for this run, by resource name. */
export type World = {
  /** Short random id; every name the run gives begins with `ecc-<run>-`. */
  run: string;
  /** An id that nothing has: a UUID of version 4 that this run made up, of 122 random bits. */
  madeUp: string;
  /** The object that requests aim at. */
  main: Record<string, WorldObject>;
  /** Own objects that their delete control removes. */
  spare: Record<string, WorldObject>;
  /** A second object of the kind, whose name is taken. */
  other: Record<string, WorldObject>;
  /** Own objects that another own object uses. */
  held: Record<string, WorldObject>;
  /** Why a resource has no object, by resource name. */
  missing: Record<string, string>;
  /** Name of the resource of which the run has one more object, by which others know that it is under way. */
  marked?: string;
};

/** All that a provocation may know when it makes its cases. */
export type Scene = { contract: Contract; resources: Resource[]; capabilities: Capabilities; world: World };

/**
 * A case before the plan has stamped it with how its provocation brings it about, on what condition unless it has one of its own, and
 * which statuses answer that by the contract; `also` are further ones that are right.
 */
export type Draft = Omit<Case, 'via' | 'condition' | 'expected' | 'tolerated'> &
  Partial<Pick<Case, 'condition'>> & { also?: number[] };

/** What a provocation yields for an operation: cases, or why it cannot be tested here. */
export type Yield = Draft[] | { untestable: string };

/** A named way to make the API answer with a given error. */
export type Provocation = {
  id: string;
  /** What is wrong then; the contract says which status answers it, and so to which cell it belongs. */
  condition: Condition;
  /** Set where that status is all that is known: a fault that somebody was asked to put on. */
  status?: number;
  title: string;
  /** Whether it makes sense for the operation, whatever the target. */
  appliesTo(operation: Operation): boolean;
  /** What its request may do when the target is at fault. */
  danger(operation: Operation): Danger;
  /** How its cases are brought about, by their requests unless told. */
  via?: Via;
  /** Set where it is left out without a word unless the run has what it takes: a fault driver, a switch for the cell. */
  isFor?(operation: Operation, capabilities: Capabilities): boolean;
  /** What is missing from the configuration, if anything. */
  lacks?(operation: Operation, capabilities: Capabilities): string | undefined;
  /** Its cases in the cell of a status. */
  cases(operation: Operation, scene: Scene, status: number): Yield;
};
