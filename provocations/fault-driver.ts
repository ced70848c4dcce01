import type { FaultDriver, Provocation } from '../plan/case.ts';
import { conditionOf } from '../schemas/conditions.ts';
import { harmlessRequest } from './harmless.ts';
import { buildRequest } from './request.ts';

/** The headers that make a fault driver answer with a status. */
function faultHeaders(driver: FaultDriver, status: number): [string, string][] {
  return Object.entries(driver.headers).map(([name, value]) => [name, value.replaceAll('{status}', String(status))]);
}

/** The provocation through a fault driver: a switch in the target, a mock, or a proxy in front of it answers, not the API itself. */
export function driverProvocation(status: number): Provocation {
  const id = `fault-driver-${status}`;
  return {
    id,
    status,
    condition: conditionOf(status),
    title: 'A fault asked for by header (CONFORMANCE_FAULTS)',
    via: 'driver',
    isFor: (_, { faultDriver }) => faultDriver !== undefined,
    appliesTo: () => true,
    danger: () => 'fault',
    lacks(_, { faultDriver }) {
      return !faultDriver || faultDriver.statuses.includes(status)
        ? undefined
        : `the fault driver "${faultDriver.name}" cannot produce ${status}`;
    },
    cases(operation, scene) {
      const driver = scene.capabilities.faultDriver;
      const harmless = harmlessRequest(operation, scene, id);
      if ('untestable' in harmless) return harmless;
      if (!driver) return { untestable: 'no fault driver is set (CONFORMANCE_FAULTS)' };
      return [
        {
          id,
          provocation: id,
          request: buildRequest(operation, { ...harmless.parts, headers: faultHeaders(driver, status) }),
          controls: harmless.controls(status),
          danger: 'fault',
          provenance: driver.provenance,
          fault: 'driver',
        },
      ];
    },
  };
}
