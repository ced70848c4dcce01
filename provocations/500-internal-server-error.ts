import type { Provocation } from '../engine/case.ts';
import { driverProvocation } from './fault-driver.ts';
import { recipeCases } from './fault-recipes.ts';

/** How 500 is provoked: organically where the target profile knows a way, and through a fault driver where one is set. */
export const internalServerError: Provocation[] = [recipeCases(500), driverProvocation(500)];
