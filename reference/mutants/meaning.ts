import { REQUEST_BODIES } from './meaning/bodies.ts';
import { CHILDREN } from './meaning/children.ts';
import { CREDENTIALS } from './meaning/credentials.ts';
import { EFFECTS } from './meaning/effects.ts';
import { EXISTENCE } from './meaning/existence.ts';
import { FAILURES } from './meaning/failures.ts';
import { FIELDS } from './meaning/fields.ts';
import { HIDDEN } from './meaning/hidden.ts';
import { OBJECTS } from './meaning/objects.ts';
import { ROUTES } from './meaning/routes.ts';
import type { Seeded } from './mutant.ts';

/** Defects of the meaning: the error is not the one that is due, however well it is written. */
export const MEANING: Seeded[] = [
  ...REQUEST_BODIES,
  ...ROUTES,
  ...CREDENTIALS,
  ...EXISTENCE,
  ...HIDDEN,
  ...OBJECTS,
  ...CHILDREN,
  ...FIELDS,
  ...FAILURES,
  ...EFFECTS,
];
