import type { FaultDriver } from '../plan/case.ts';

const ANY_STATUS = Array.from({ length: 200 }, (_, index) => 400 + index);

/** Header templates that make something answer with a chosen status, by preset name (CONFORMANCE_FAULTS). */
export const FAULT_DRIVERS: Record<string, FaultDriver> = {
  // The reference API's own test switch.
  reference: {
    name: 'reference',
    provenance: 'simulated',
    headers: { 'X-Reference-Fault': '{status}' },
    statuses: ANY_STATUS,
    mock: false,
  },
  // Envoy's fault filter, where header-controlled aborts are enabled (docs: "HTTP fault injection filter").
  envoy: {
    name: 'envoy',
    provenance: 'gateway',
    headers: { 'x-envoy-fault-abort-request': '{status}' },
    statuses: ANY_STATUS,
    mock: false,
  },
  // Prism answers every request itself, so that nothing on it is organic.
  prism: {
    name: 'prism',
    provenance: 'simulated',
    headers: { Prefer: 'code={status}' },
    statuses: ANY_STATUS,
    mock: true,
  },
};
