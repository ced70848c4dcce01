import type { Hostile } from '../hostile.ts';
import { BODY } from './body.ts';
import { CONNECTION } from './connection.ts';
import { FRAMING } from './framing.ts';
import { HEAD } from './head.ts';

/** Every hostile server. */
export const HOSTILE: Hostile[] = [...CONNECTION, ...HEAD, ...FRAMING, ...BODY];
