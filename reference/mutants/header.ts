import { FIELDS } from './header/fields.ts';
import { FRAMING } from './header/framing.ts';
import type { Seeded } from './mutant.ts';

/** Defects of header fields and of the framing of messages. */
export const HEADER: Seeded[] = [...FIELDS, ...FRAMING];
