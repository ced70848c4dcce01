import { ASKING } from './asking.ts';
import { BEHAVIOUR } from './behaviour.ts';
import { CODING } from './coding.ts';
import { EFFECTS } from './effects.ts';
import { FRAMING } from './framing.ts';
import { FRONT } from './front.ts';
import { HEADS } from './heads.ts';
import { INTERIM } from './interim.ts';
import { JSON_VARIANTS } from './json.ts';
import { LATER } from './later.ts';
import { REQUEST_IDS } from './request-ids.ts';
import { SUCCESS } from './success.ts';
import { VALIDATION } from './validation.ts';
import type { Variant } from './variant.ts';
import { WORDING } from './wording.ts';

export type { Variant } from './variant.ts';

/** Every harmless variant there is. */
export const VARIANTS: Variant[] = [
  { id: 'handed-on', differs: 'every answer passes through the hook unchanged', answer: (answer) => answer },
  ...JSON_VARIANTS,
  ...WORDING,
  ...VALIDATION,
  ...HEADS,
  ...FRAMING,
  ...INTERIM,
  ...CODING,
  ...BEHAVIOUR,
  ...ASKING,
  ...FRONT,
  ...SUCCESS,
  ...LATER,
  ...EFFECTS,
  ...REQUEST_IDS,
];
