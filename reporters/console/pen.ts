import { Chalk } from 'chalk';
import type { StatusOutcome } from '../../report/report.ts';
import { fillIn } from '../../report/stand-ins.ts';
import { cutText, showLine } from '../shared/visible-text.ts';
import { disarmLine } from '../shared/workflow-commands.ts';

/** How a piece of text is set off. */
type Style = StatusOutcome | 'strong' | 'soft';

/** A piece of a line: plain, or with a style. */
export type Piece = string | [style: Style, text: string];

/** Writes lines for one console. */
export type Pen = {
  /** Columns. */
  width: number;
  /** One line, hidden characters made visible and so inert, no command to a CI system, cut at the width. */
  line: (...pieces: Piece[]) => string;
  /** As `line`, but never cut: for what the reader copies. */
  whole: (...pieces: Piece[]) => string;
};

/** Makes a pen; without colour it writes no escape sequence at all. `values` are what the report's stand-ins stand for. */
export const createPen = (color: boolean, width: number, values: Readonly<Record<string, string>> = {}): Pen => {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const paint: Readonly<Record<Style, (text: string) => string>> = {
    pass: chalk.green,
    warn: chalk.yellow,
    fail: chalk.red,
    untestable: chalk.cyan,
    incomplete: chalk.cyan,
    'not-applicable': chalk.dim,
    error: chalk.magenta,
    strong: chalk.bold,
    soft: chalk.dim,
  };
  const write = (pieces: readonly Piece[], room: number): string => {
    let left = room;
    const line = pieces
      .map((piece) => {
        const [style, raw] = typeof piece === 'string' ? [undefined, piece] : piece;
        // The text is made inert before the colour is added, so the only escape sequences are our own.
        const text = left <= 0 ? '' : cutText(showLine(fillIn(raw, values)), left);
        left -= text.length;
        return style === undefined || text === '' ? text : paint[style](text);
      })
      .join('');
    return disarmLine(line);
  };
  return {
    width,
    line: (...pieces) => write(pieces, width).trimEnd(),
    whole: (...pieces) => write(pieces, Number.POSITIVE_INFINITY),
  };
};
