import { ACCESS } from './access.ts';
import { BODIES } from './bodies.ts';
import type { Dialect } from './dialect.ts';
import { SHAPES } from './shapes.ts';
import { STATUSES } from './statuses.ts';

/** Every dialect. */
export const DIALECTS: Dialect[] = [...ACCESS, ...STATUSES, ...BODIES, ...SHAPES];
