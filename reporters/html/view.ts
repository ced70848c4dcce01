import type { CellRecord, ClauseRecord, ControlRecord, Report, StatusRecord } from '../../engine/report.ts';
import { type Cluster, groupFindings } from '../shared/clusters.ts';
import { anchorOf, type Html, html, type Part } from './escape.ts';

/** The report with what the sections look up in it. */
export type View = {
  report: Report;
  /** Ascending. */
  statuses: [status: number, record: StatusRecord][];
  /** By `cellKey`. */
  cells: ReadonlyMap<string, CellRecord>;
  clauses: ReadonlyMap<string, ClauseRecord>;
  controls: ReadonlyMap<string, ControlRecord>;
  clusters: Cluster[];
};

/** The name of a cell in `View.cells`. */
export const cellKey = (operation: string, status: number): string => `${status} ${operation}`;

/** Indexes a report for the sections. */
export const createView = (report: Report): View => ({
  report,
  statuses: Object.entries(report.statuses)
    .map(([status, record]): [number, StatusRecord] => [Number(status), record])
    .sort(([a], [b]) => a - b),
  cells: new Map(report.cells.map((cell) => [cellKey(cell.operation, cell.status), cell])),
  clauses: new Map(report.clauses.map((clause) => [clause.id, clause])),
  controls: new Map(report.controls.map((control) => [control.id, control])),
  clusters: groupFindings(report),
});

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

/** A link to the cause that a cluster of findings has in common. */
export const clusterLink = (cluster: Cluster, label: Part): Html =>
  html`<a href="#${anchorOf('finding', cluster.id)}">${label}</a>`;
