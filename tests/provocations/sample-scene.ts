import { FAULT_DRIVERS } from '../../config/fault-drivers.ts';
import { loadTarget } from '../../config/target-profile.ts';
import type { RequestSpec } from '../../model/exchange.ts';
import type { Capabilities, Case, Control, Danger, Scene, World } from '../../plan/case.ts';
import { DANGERS, type FaultSwitch } from '../../plan/case.ts';
import { expandCell, type PlannedCell, planCells } from '../../plan/plan.ts';
import { deriveResources, type Resource, type WorldObject } from '../../plan/resources.ts';
import { provocationsFor } from '../../provocations/catalogue.ts';
import { withUnmatchedRoute } from '../../provocations/unmatched-route.ts';
import type { Json } from '../../schemas/contract.ts';
import { loadContract } from '../../schemas/load-contract.ts';

/** The contract with the row of paths that it does not name. */
export const CONTRACT = withUnmatchedRoute(loadContract());
export const RESOURCES = deriveResources(CONTRACT);

/** Everything a run may be allowed and have at hand. */
export function capabilitiesOf(change: Partial<Capabilities> = {}): Capabilities {
  const generation = { level: 'deep', seed: 1, budget: 2000 } as const;
  const profile = { ...loadTarget('reference'), limited: ['getHttpEndpoint', 'updateHttpEndpoint'] };
  return { allow: [...DANGERS], tokenInUrl: true, admin: true, limited: true, profile, generation, ...change };
}

/** A target's own test switch, or a mock that answers everything. */
export function driverOf(name: 'reference' | 'prism') {
  const faultDriver = FAULT_DRIVERS[name];
  if (!faultDriver) throw new Error(`There is no fault driver "${name}".`);
  return { faultDriver };
}

/** A switch of the whole target for a status. */
export function switchOf(status: number, change: Partial<FaultSwitch> = {}): FaultSwitch {
  const command = { on: ['on'], off: ['off'], deadlineMs: 1 };
  return { status, operations: 'all', title: 'x', provenance: 'organic', recoverMs: 0, command, ...change };
}

/** Id of the object of a resource in a role. */
export const idOf = (resource: string, role: string) => `${resource.replaceAll('_', '-')}-${role}-id`;

function objectOf(resource: Resource, role: string, own: boolean): WorldObject {
  const id = idOf(resource.name, role);
  const parents = RESOURCES.filter((each) => each.name === resource.parent);
  const parentParams = Object.fromEntries(parents.map((parent) => [parent.idParam, idOf(parent.name, 'main')]));
  const slots = [{ id: `slot-${role}`, publication_name: 'p', slot_name: 's' }];
  const url = 'https://hooks.example.invalid/changes';
  const body: Json = {
    id,
    url,
    database: 'ecc-r1-postgres_databases-main',
    name: `${own ? 'ecc-r1' : 'their'}-${resource.name}-${role}`,
    replication_slots: slots,
  };
  return { params: { ...parentParams, [resource.idParam]: id }, body, own };
}

/** The id that such a world has made up. */
export const UNKNOWN_ID = '00000000-0000-4000-8000-00000000dead';

/** A world of objects that the run made, of those it found, or of nothing at all. */
export function worldOf(kind: 'own' | 'found' | 'empty'): World {
  const world: World = { run: 'r1', madeUp: UNKNOWN_ID, main: {}, spare: {}, other: {}, held: {}, missing: {} };
  for (const resource of RESOURCES) {
    if (kind === 'empty') world.missing[resource.name] = `there is no ${resource.name}`;
    else world.main[resource.name] = objectOf(resource, 'main', kind === 'own');
    if (kind !== 'own') continue;
    world.spare[resource.name] = objectOf(resource, 'spare', true);
    world.other[resource.name] = objectOf(resource, 'other', true);
    if (resource.remove?.refusedWhileUsedBy !== undefined) world.held[resource.name] = objectOf(resource, 'held', true);
  }
  return world;
}

/** A cell with its cases. */
export type Expanded = { cell: PlannedCell; cases: Case[]; missing?: string };

/** Every cell of the matrix that can occur, with its cases. */
export function expandAll(capabilities: Capabilities, world: World): Expanded[] {
  const scene: Scene = { contract: CONTRACT, resources: RESOURCES, capabilities, world };
  return planCells(CONTRACT, provocationsFor(CONTRACT), capabilities)
    .filter((cell) => cell.notApplicable === undefined)
    .map((cell) => ({ cell, ...expandCell(cell, scene) }));
}

/** What a run of these danger classes would send: it works on its own objects where it may write, and on others’ else. */
export function expandFor(allow: Danger[], change: Partial<Capabilities> = {}): Expanded[] {
  return expandAll(capabilitiesOf({ allow, ...change }), worldOf(allow.includes('write') ? 'own' : 'found'));
}

/** One request that a run would send: that of a case or of a control. */
export type Sent = {
  id: string;
  operation: string;
  danger: Danger;
  request: RequestSpec;
  case?: Case;
  control?: Control;
};

/** Every request that the cells would send. */
export function listRequests(expanded: Expanded[]): Sent[] {
  return expanded.flatMap(({ cell, cases }) =>
    cases.flatMap((each): Sent[] => [
      {
        id: `${cell.operation.id} ${cell.status} ${each.id}`,
        operation: cell.operation.id,
        danger: each.danger,
        request: each.request,
        case: each,
      },
      ...each.controls.map((control) => ({ ...control, control })),
    ]),
  );
}

/** The values of the path parameters in a request's target, still percent-encoded; empty where the template does not fit. */
export function paramsIn({ operation, request }: Sent): string[] {
  const template = CONTRACT.operations.find((each) => each.id === operation)?.path.split('/') ?? [];
  const given = (request.target.split('?')[0] ?? '').split('/');
  return template.flatMap((part, index) => (part.startsWith('{') ? [given[index] ?? ''] : []));
}
