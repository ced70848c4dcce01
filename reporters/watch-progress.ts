import type { Surroundings } from '../config/surroundings.ts';
import type { Outcome } from '../judge/finding.ts';
import { createPen, type Pen } from './console/pen.ts';
import { type Progress, progressLine } from './console/progress.ts';
import { OUTCOME_SYMBOL } from './shared/outcomes.ts';

/** Says how far a run is while it runs. */
export type ProgressWatch = {
  /** The target is looked at, before the first cell. */
  prepare: () => void;
  /** So many cells will be tested; `share` tells which part of the requests was sent, from 0 to 1. */
  begin: (total: number, share?: () => number | undefined) => void;
  /** One cell has been; `why` says what is wrong with it. */
  note: (title: string, outcome: Outcome, why?: string) => void;
  /** What is shown for the moment only is cleared. */
  end: () => void;
};

/** Where it is written and by which clock (ms). */
export type ProgressMeans = { write: (text: string) => void; now: () => number };

/** Failing cells that are named in a log, and lines that say how far it is. */
const MOST_FAILING = 10;
const STEPS = 10;

/** A log has no width of its own. */
const LOG_WIDTH = 160;

const EACH_MS = 100;
const CLEAR = '\r\u001b[2K';

/** Redraws one line where somebody watches; elsewhere writes a line for each tenth of the run and each failing cell, up to ten. */
export function watchProgress(
  { color, width, live }: Pick<Surroundings, 'color' | 'width' | 'live'>,
  means: ProgressMeans,
): ProgressWatch {
  // A line that fills the last column would begin a new one.
  return live ? watchLive(createPen(color, width - 1), means) : watchLog(createPen(color, LOG_WIDTH), means);
}

function watchLive(pen: Pen, { write, now }: ProgressMeans): ProgressWatch {
  const cells = countCells(now);
  let drawnAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const put = (line: string) => {
    drawnAt = now();
    write(`${CLEAR}${line}`);
  };
  const draw = () => put(progressLine(cells.progress(), pen));
  return {
    prepare: () => put(pen.line('Looking at the target …')),
    begin(total, share) {
      cells.begin(total, share);
      draw();
      // The time left goes down while a cell takes its time.
      timer = setInterval(draw, 1000).unref();
    },
    note(title, outcome) {
      cells.add(title, outcome);
      if (now() - drawnAt >= EACH_MS) draw();
    },
    end() {
      clearInterval(timer);
      if (drawnAt > Number.NEGATIVE_INFINITY) write(CLEAR);
    },
  };
}

function watchLog(pen: Pen, { write, now }: ProgressMeans): ProgressWatch {
  const cells = countCells(now);
  let [failing, step] = [0, 0];
  let wrote = false;
  const put = (line: string) => {
    wrote = true;
    write(`${line}\n`);
  };
  return {
    prepare() {},
    begin: cells.begin,
    note(title, outcome, why) {
      const isNew = cells.add(title, outcome);
      if (isNew && (outcome === 'fail' || outcome === 'error')) {
        failing += 1;
        if (failing <= MOST_FAILING)
          put(pen.line([outcome, `${OUTCOME_SYMBOL[outcome]} ${title}`], ['soft', why ? `  ${why}` : '']));
        if (failing === MOST_FAILING + 1) put(pen.line(['soft', 'More cells fail; they stand in the report.']));
      }
      const progress = cells.progress();
      const reached = Math.floor((progress.outcomes.size * STEPS) / Math.max(1, progress.total));
      if (reached > step) put(progressLine(progress, pen));
      step = Math.max(step, reached);
    },
    end() {
      if (wrote) write('\n');
    },
  };
}

/** Counts cells, each once however often it is tried. */
function countCells(now: () => number): {
  begin: (total: number, share?: () => number | undefined) => void;
  add: (title: string, outcome: Outcome) => boolean;
  progress: () => Progress;
} {
  const outcomes = new Map<string, Outcome>();
  let [startedAt, total] = [now(), 0];
  let tellShare: (() => number | undefined) | undefined;
  return {
    begin(count, share) {
      [startedAt, total] = [now(), count];
      tellShare = share;
    },
    add(title, outcome) {
      const isNew = !outcomes.has(title);
      outcomes.set(title, outcome);
      return isNew;
    },
    progress: () => {
      const share = tellShare?.();
      return { total, outcomes, elapsedMs: now() - startedAt, ...(share !== undefined && { share }) };
    },
  };
}
