import type { Report, Verdict } from '../report/report.ts';
import { VERDICT_WORD } from './shared/outcomes.ts';

const COLOR: Readonly<Record<Verdict, string>> = {
  conformant: 'brightgreen',
  incomplete: 'yellow',
  'non-conformant': 'red',
  error: 'lightgrey',
};

/** The verdict as shields.io takes it for an endpoint badge (schema version 1). */
export const renderBadge = ({ verdict }: Report): string => {
  const message = VERDICT_WORD[verdict].toLowerCase();
  return `${JSON.stringify({ schemaVersion: 1, label: 'error contract', message, color: COLOR[verdict] })}\n`;
};
