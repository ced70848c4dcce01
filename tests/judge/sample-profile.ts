import type { TargetProfile } from '../../plan/case.ts';

/** A target of which nothing is known. */
export const PROFILE: TargetProfile = {
  name: 'x',
  description: 'x',
  restricted: [],
  restrictedParams: {},
  faults: [],
  switches: [],
  gateway: [],
  objects: {},
  headers: {},
  limited: [],
  bodies: {},
  rateLimit: { maxRequests: 1, maxWaitMs: 0 },
  wrongCredentials: 'unlimited',
};
