/** Findings, exchanges, reasons, cells, clauses. */
export const DETAIL_STYLES = `
.finding { background: var(--sheet); border: 1px solid var(--line); border-top: 3px solid var(--tone); border-radius: 6px; padding: .9rem 1.1rem 1.1rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: .65rem; }
.finding + .finding { margin-top: 1rem; }
.finding:target, .cell:has(:target) { box-shadow: 0 0 0 2px var(--focus); }
.finding header { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .15rem 1rem; align-items: baseline; }
.finding .tags { grid-column: 1 / -1; color: var(--soft); }
.finding h3 { font-size: 1.1429rem; }
.breadth { color: var(--soft); font-variant-numeric: tabular-nums; }
.message { font-size: 1.0714rem; color: var(--tone); max-width: 90ch; }
.more { color: var(--soft); font-size: .9286rem; }
blockquote { border-left: 3px solid var(--line-strong); padding-left: .8rem; max-width: 85ch; }
blockquote footer { color: var(--soft); font-size: .9286rem; }
blockquote p::before, q::before { content: "“"; }
blockquote p::after, q::after { content: "”"; }
.operations { display: flex; flex-wrap: wrap; gap: .3rem .4rem; }
.operations li { background: var(--sunk); border: 1px solid var(--line); border-radius: 4px; padding: 0 .45rem; }
.compare { display: flex; flex-wrap: wrap; gap: .5rem 2rem; border-top: 1px solid var(--line); padding-top: .7rem; }
.compare dt { color: var(--soft); font-size: .8571rem; }
.exchange { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .75rem; }
.exchange figure { display: flex; flex-direction: column; }
.exchange pre { flex: 1; }
figcaption { font-weight: 600; padding-bottom: .2rem; }
figcaption small { font-weight: 400; overflow-wrap: anywhere; }
.oddities { color: var(--warn); font-size: .9286rem; }
.oddities li::before { content: "! "; font-weight: 700; }
.curl { position: relative; }
.curl pre { padding-right: 5.5rem; }
.curl button { position: absolute; top: .4rem; right: .5rem; font-size: .8571rem; padding: .1rem .6rem; z-index: 1; }
.groups { display: grid; gap: .6rem; }
.groups li { background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .9rem .7rem; }
.groups h3 small { margin-left: .4rem; }
.places { display: grid; grid-template-columns: 3rem minmax(0, 1fr); }
.places span > * { margin-right: .4rem; }
.places a, .operations a { text-decoration: none; }
.places a:hover, .operations a:hover { text-decoration: underline; }
#changes h3 { margin-top: .8rem; }
.plain > summary { color: var(--soft); padding: .4rem 0; }
.plain[open] > summary { color: var(--ink); }
.operation { margin-top: 1.4rem; }
.fold + .operation { margin-top: .9rem; }
.operation > h3 { padding-bottom: .35rem; }
.cell { background: var(--sheet); border: 1px solid var(--line); border-left: 4px solid var(--tone); margin-top: -1px; }
.cell:first-of-type { border-radius: 6px 6px 0 0; }
.cell:last-of-type { border-radius: 0 0 6px 6px; }
.cell:first-of-type:last-of-type { border-radius: 6px; }
.cell > summary { padding: .3rem .8rem; }
.cell > summary .o { display: inline-block; min-width: 5.5rem; }
.cell > summary b + span { display: inline-block; min-width: 11rem; }
.cell > summary small { margin-left: .4rem; }
.cell > div { padding: .1rem .9rem .6rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: .4rem; }
.cases { font-size: .9286rem; }
.cases th, .cases td { padding: .15rem .6rem .15rem 0; }
.cases tbody tr:last-child td { border-bottom: 0; }
.cases .w { color: var(--tone); font-weight: 600; }
.cases td:nth-child(1) { width: 30%; }
.cases td small { display: block; }
.cases td:nth-child(2) { width: 20%; }
.causes a { white-space: nowrap; }
#clauses .scroll { background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; }
.clauses th:first-child { min-width: 10rem; }
.clauses td:nth-child(3) { min-width: 20rem; }
.clauses td b, .clauses td q, .clauses td small { display: block; }
.clauses td b { font-weight: 600; }
.clauses td:nth-child(4) code { display: block; }
.clauses tr:target > * { background: var(--mark); }
#controls tr:target > * { background: var(--mark); }
pre.error { border-left: 4px solid var(--tone); margin-top: .5rem; }
@media (max-width: 60rem) {
  .exchange { grid-template-columns: minmax(0, 1fr); }
  .finding header { grid-template-columns: minmax(0, 1fr); }
  .cell > summary b + span { min-width: 0; }
  .cell > summary small { display: block; margin-left: 0; }
}
`;
