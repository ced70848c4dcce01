import type { Provocation } from '../plan/case.ts';
import { conditionOf } from '../schemas/conditions.ts';
import { isFor } from './fault-recipes.ts';
import { harmlessRequest } from './harmless.ts';
import { buildRequest } from './request.ts';

/**
 * The provocation through the target profile's switches for a status: while one is on, an ordinary request meets the fault. Its
 * controls are the same request while all are off.
 */
export function switchCases(status: number): Provocation {
  const id = `fault-switch-${status}`;
  return {
    id,
    status,
    condition: conditionOf(status),
    title: 'A fault that is switched on for the whole target (a dependency or a gateway of it fails)',
    appliesTo: () => true,
    danger: () => 'fault',
    via: 'switch',
    isFor: (operation, { profile }) => profile.switches.some((each) => isFor(each, { status, operation })),
    cases(operation, scene) {
      const { switches } = scene.capabilities.profile;
      const own = [...switches.entries()].filter(([, each]) => isFor(each, { status, operation }));
      const harmless = harmlessRequest(operation, scene, id);
      if ('untestable' in harmless) return harmless;
      return own.map(([index, each], place) => ({
        id: `${id}:${place + 1}`,
        provocation: id,
        request: buildRequest(operation, harmless.parts),
        controls: harmless.controls(status),
        danger: 'fault',
        provenance: each.provenance,
        switch: index,
        fault: `switch ${index}`,
        repeat: place === 0,
      }));
    },
  };
}
