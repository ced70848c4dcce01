import type { Options } from 'ajv/dist/2020.js';

/**
 * For schemas that are known to be sound. To make the validator's code shorter, and to hold a schema against its dialect, takes
 * longer than all that a run validates.
 */
export const QUICKLY_COMPILED: Pick<Options, 'validateSchema' | 'code'> = {
  validateSchema: false,
  code: { optimize: false },
};
