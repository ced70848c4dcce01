import type { Provocation } from '../engine/case.ts';
import { driverProvocation } from './fault-driver.ts';
import { recipeCases } from './fault-recipes.ts';

/** How 504 is provoked: organically where the target profile knows a way, and through a fault driver where one is set. */
export const gatewayTimeout: Provocation[] = [recipeCases(504), driverProvocation(504)];
