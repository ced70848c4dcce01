import { BODIES } from './bodies.ts';
import { CODINGS } from './codings.ts';
import { CONNECTIONS } from './connections.ts';
import { EFFECTS } from './effects.ts';
import { FRAMINGS } from './framings.ts';
import { GROUNDWORK } from './groundwork.ts';
import { HEADS } from './heads.ts';
import type { Hostile } from './hostile.ts';
import { TEXTS } from './texts.ts';
import { TLS } from './tls.ts';

/** Every hostile server. */
export const HOSTILE: Hostile[] = [
  ...CONNECTIONS,
  ...HEADS,
  ...FRAMINGS,
  ...CODINGS,
  ...BODIES,
  ...TEXTS,
  ...TLS,
  ...GROUNDWORK,
  ...EFFECTS,
];
