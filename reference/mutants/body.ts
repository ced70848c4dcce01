import { JSON_TEXT } from './body/json.ts';
import { SHAPE } from './body/shape.ts';
import { SUMMARY } from './body/summary.ts';
import { VALIDATION_ERRORS } from './body/validation-errors.ts';
import type { Seeded } from './mutant.ts';

/** Defects of the body. */
export const BODY: Seeded[] = [...SUMMARY, ...SHAPE, ...JSON_TEXT, ...VALIDATION_ERRORS];
