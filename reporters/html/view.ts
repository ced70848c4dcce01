import type { CellRecord, ControlRecord } from '../../judge/finding.ts';
import { cellKey, cellKeyOf } from '../../plan/cell-key.ts';
import type { ClauseRecord, Report, StatusRecord } from '../../report/report.ts';
import { type Cause, groupFindings } from '../shared/causes.ts';
import { anchorOf, type Html, html, type Part } from './escape.ts';

/** So many causes are shown; the rest is counted, and stands in report.json. */
const MOST_CAUSES = 300;

/** The report with what the sections look up in it. */
export type View = {
  report: Report;
  /** Ascending. */
  statuses: [status: number, record: StatusRecord][];
  /** By `cellKey`. */
  cells: ReadonlyMap<string, CellRecord>;
  clauses: ReadonlyMap<string, ClauseRecord>;
  controls: ReadonlyMap<string, ControlRecord>;
  /** Every operation that the report names, the contract's first, by its place. */
  operations: ReadonlyMap<string, number>;
  causes: Cause[];
  /** The gravest of the causes: those that the page shows. */
  shown: ReadonlySet<Cause>;
  /** The causes that touch a cell, by `cellKey`, and those that touch a case, by its id behind that. */
  causesAt: ReadonlyMap<string, Cause[]>;
};

/** The name of a case in `View.causesAt`. */
export const caseKey = (operation: string, status: number, id: string): string => `${cellKey(operation, status)} ${id}`;

const listCauses = (causes: readonly Cause[]): Map<string, Cause[]> => {
  const found = new Map<string, Set<Cause>>();
  for (const cause of causes) {
    for (const { operation, status, case: id } of cause.findings) {
      for (const key of [cellKey(operation, status), caseKey(operation, status, id)])
        found.set(key, (found.get(key) ?? new Set()).add(cause));
    }
  }
  return new Map([...found].map(([key, own]) => [key, [...own]]));
};

/** Indexes a report for the sections. */
export const createView = (report: Report): View => {
  const causes = groupFindings(report);
  const named = [...report.operations.map(({ id }) => id), ...report.cells.map(({ operation }) => operation)];
  return {
    report,
    statuses: Object.entries(report.statuses)
      .map(([status, record]): [number, StatusRecord] => [Number(status), record])
      .sort(([a], [b]) => a - b),
    cells: new Map(report.cells.map((cell) => [cellKeyOf(cell), cell])),
    clauses: new Map(report.clauses.map((clause) => [clause.id, clause])),
    controls: new Map(report.controls.map((control) => [control.id, control])),
    operations: new Map([...new Set(named)].map((id, index) => [id, index])),
    causes,
    shown: new Set(causes.slice(0, MOST_CAUSES)),
    causesAt: listCauses(causes),
  };
};

/** The anchor of a cell. */
export const cellAnchor = (operation: string, status: number): string => `${anchorOf('cell', operation)}-${status}`;

/** A link to a cell's cases, or the bare label when the report has no such cell to show. */
export const cellLink = (view: View, operation: string, status: number, label: Part): Html => {
  const cell = view.cells.get(cellKey(operation, status));
  return cell === undefined || cell.outcome === 'not-applicable'
    ? html`${label}`
    : html`<a href="#${cellAnchor(operation, status)}">${label}</a>`;
};

/** A link to a clause's row, or its bare id when the report does not list it. */
export const clauseLink = (view: View, id: string): Html =>
  view.clauses.has(id) ? html`<a href="#${anchorOf('clause', id)}"><code>${id}</code></a>` : html`<code>${id}</code>`;

/** A link to a cause, or the bare label when the page does not show it. */
export const causeLink = (view: View, cause: Cause, label: Part): Html =>
  view.shown.has(cause) ? html`<a href="#${anchorOf('finding', cause.id)}">${label}</a>` : html`${label}`;

/** What the filter asks of a part of the page; where one is absent, that filter lets the part stand. */
export type Traits = {
  outcomes?: readonly string[];
  statuses?: readonly number[];
  operations?: readonly string[];
  sets?: readonly string[];
};

/** Attributes by which the filter finds a part of the page. */
export const traitMarks = (view: View, { outcomes, statuses, operations, sets }: Traits): Html => {
  const list = (values: readonly (string | number)[]): string => [...new Set(values)].join(' ');
  const places = operations?.map((id) => view.operations.get(id) ?? '');
  return html`${outcomes && html` data-o="${list(outcomes)}"`}${statuses && html` data-s="${list(statuses)}"`}${
    places && html` data-p="${list(places)}"`
  }${sets && html` data-t="${list(sets)}"`}`;
};

/** The sets of the clauses that are broken in a cell. */
export const setsOf = (view: View, operation: string, status: number): string[] =>
  (view.causesAt.get(cellKey(operation, status)) ?? []).flatMap(({ findings }) => findings.map(({ set }) => set));
