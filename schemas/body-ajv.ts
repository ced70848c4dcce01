import { Ajv2020, type Options } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { QUICKLY_COMPILED } from '../documents/ajv-options.ts';

/** An ajv that judges bodies by the published schemas, strictly: a keyword or a format that it does not know is an error. */
export function createBodyAjv(options: Options = {}): Ajv2020 {
  const ajv = new Ajv2020({ ...QUICKLY_COMPILED, strict: true, keywords: ['x-field-errors'], ...options });
  addFormats.default(ajv);
  return ajv;
}
