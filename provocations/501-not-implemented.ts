import type { Provocation } from '../plan/case.ts';
import { driverProvocation } from './fault-driver.ts';
import { recipeCases } from './fault-recipes.ts';
import { switchCases } from './fault-switches.ts';

/** How 501 is provoked: by the target profile's recipes and switches, and through a fault driver where one is set. */
export const notImplemented: Provocation[] = [recipeCases(501), switchCases(501), driverProvocation(501)];
