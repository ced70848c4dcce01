import { AIMS } from './aims.ts';
import { CONSTANT } from './constant.ts';
import type { Degenerate } from './degenerate.ts';
import { DICE } from './dice.ts';
import { ERRORS } from './errors.ts';
import { STUBS } from './stubs.ts';
import { TOKENS } from './tokens.ts';

export type { Degenerate } from './degenerate.ts';

/** Every degenerate server there is. */
export const DEGENERATE: Degenerate[] = [...CONSTANT, ...ERRORS, ...DICE, ...TOKENS, ...STUBS, ...AIMS];
