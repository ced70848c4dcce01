import { surveyJson } from '../documents/survey-text.ts';

/** So deep nothing is that this suite or Playwright writes, and what walks it must come to an end. */
export const MOST_DEPTH = 200;

/** Whether a text of JSON has more values within each other than that. */
export function isDeep(text: string): boolean {
  return surveyJson(text).depth > MOST_DEPTH;
}
