import type { Report } from '../../report/report.ts';

/** How it was found that the target is there, and what was not; nothing where nothing was sent. */
export const describePreflight = ({ target }: Pick<Report, 'target'>): string | undefined => {
  if (target.preflight === undefined) return undefined;
  const { showed, unshown } = target.preflight;
  return [...(showed === undefined ? [] : [showed]), ...(unshown === undefined ? [] : [`not shown: ${unshown}`])].join(
    '; ',
  );
};
