import { Ajv2020, type Options } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { QUICKLY_COMPILED } from '../documents/ajv-options.ts';

/**
 * An ajv that judges bodies by the documented schemas, once they are bundled: a keyword or a format that it does not know is an
 * error. What is merely unusual, such as a required field without a schema, is not: the documents are not ours.
 */
export function createBodyAjv(options: Options = {}): Ajv2020 {
  const lenient = { strictTypes: false, strictTuples: false, strictRequired: false };
  const ajv = new Ajv2020({ ...QUICKLY_COMPILED, strict: true, ...lenient, ...options });
  addFormats.default(ajv);
  return ajv;
}
