import type { Provocation } from '../plan/case.ts';
import { driverProvocation } from './fault-driver.ts';
import { recipeCases } from './fault-recipes.ts';
import { switchCases } from './fault-switches.ts';

/** How 504 is provoked: by the target profile's recipes and switches, and through a fault driver where one is set. */
export const gatewayTimeout: Provocation[] = [recipeCases(504), switchCases(504), driverProvocation(504)];
