/** The masthead, the bar, the sections, the tiles and the matrix. */
export const LAYOUT_STYLES = `
.masthead { background: var(--sheet); border-top: 5px solid var(--tone); padding-block: 1.5rem 1.75rem; }
.pass { --tone: var(--pass); --tint: var(--pass-tint); }
.warn { --tone: var(--warn); --tint: var(--warn-tint); }
.fail { --tone: var(--fail); --tint: var(--fail-tint); }
.untestable, .incomplete { --tone: var(--untestable); --tint: var(--untestable-tint); }
.error { --tone: var(--error); --tint: var(--error-tint); }
.not-applicable { --tone: var(--soft); --tint: transparent; }
.simulated { --tone: var(--simulated); }
.kicker { color: var(--soft); }
h1 { font-size: 2.4rem; line-height: 1.2; letter-spacing: -.02em; color: var(--tone); margin: .1rem 0 .9rem; }
.sign { font-weight: 400; }
.columns { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1.5rem 3rem; align-items: start; }
.reasons { font-size: 1.0714rem; display: grid; gap: .25rem; margin-bottom: 1.1rem; }
.reasons li { padding-left: 1.1rem; position: relative; }
.reasons li::before { content: ""; position: absolute; left: 0; top: .55em; width: .45rem; height: .45rem; background: var(--tone); border-radius: 50%; }
.alarm { margin: -.5rem 0 1.1rem; color: var(--error); }
.alarm a { color: inherit; }
.facts { display: grid; gap: .3rem; }
.facts div { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: .75rem; }
.facts dt { color: var(--soft); }
.scores td:nth-child(2) { width: 40%; vertical-align: middle; }
.scores td:last-child { white-space: nowrap; }
.scores tbody tr:last-child > * { border-bottom: 0; }
.scores th:first-child, .scores td:first-child { padding-left: 0; }
.bar { display: block; width: 100%; height: 6px; border-radius: 3px; background: var(--none); }
.bar rect { fill: var(--tone); }
.bar .not-applicable { fill: var(--none); }
.toolbar { position: sticky; top: 0; z-index: 5; background: var(--sheet); border-block: 1px solid var(--line); display: grid; gap: .25rem; padding-block: .4rem .5rem; }
.toolbar nav { display: flex; flex-wrap: wrap; gap: 0 1.1rem; white-space: nowrap; padding-block: .15rem; }
.toolbar nav a { text-decoration: none; }
.toolbar nav a:hover { text-decoration: underline; }
.filter { display: flex; gap: .4rem; align-items: center; }
.filter input { flex: 1 1 12rem; min-width: 8rem; }
.filter select { min-width: 0; flex: 0 1 11rem; }
.filter button:disabled { color: var(--soft); cursor: default; border-color: var(--line); }
.filter output { position: absolute; right: max(1.25rem, calc((100% - 80rem) / 2)); top: calc(100% + 1px); background: var(--ink); color: var(--ground); padding: .1rem .6rem; border-radius: 0 0 6px 6px; font-size: .8571rem; }
.filter output:empty { display: none; }
main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 2.75rem; padding-block: 2.25rem 3rem; }
main > section > h2 { margin-bottom: .2rem; }
.lead { color: var(--soft); max-width: 75ch; }
.lead + * { margin-top: .9rem; }
h2 + :not(.lead) { margin-top: .7rem; }
.foot { color: var(--soft); padding-block: 1rem 2rem; border-top: 1px solid var(--line); font-size: .8571rem; }
.o { color: var(--tone); font-weight: 600; white-space: nowrap; }
.tag, .level { display: inline-block; font-size: .7857rem; line-height: 1.35; padding: 0 .4em; border: 1px solid var(--line-strong); border-radius: 4px; color: var(--soft); white-space: nowrap; }
.level { font-weight: 700; letter-spacing: .03em; border-color: transparent; color: var(--sheet); background: var(--soft); }
.level.must { background: var(--fail); }
.level.should { background: var(--warn); }
.tiles { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .75rem; }
.tile { background: var(--sheet); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 6px; padding: .7rem .9rem .75rem; display: grid; grid-template-columns: 1fr auto; gap: .1rem .75rem; align-content: start; }
.tile > :not(h3, .o) { grid-column: 1 / -1; }
.tile p { color: var(--soft); font-size: .9286rem; }
.tile .code { font-variant-numeric: tabular-nums; font-size: 1.1429rem; margin-right: .15rem; }
.tile .score { color: var(--ink); }
.tile .score b { font-size: 1.2857rem; font-variant-numeric: tabular-nums; }
.tile .bar { margin: .15rem 0 .35rem; }
/* Relative, or what is hidden for the eye in it would widen the page. */
.scroll { overflow: auto; position: relative; }
.matrix { border-collapse: separate; border-spacing: 0; background: var(--sheet); }
#matrix .scroll { max-height: 88vh; border: 1px solid var(--line); border-radius: 6px; }
.matrix th, .matrix td { padding: 0 .5rem; white-space: nowrap; }
.matrix td { font-size: .8929rem; vertical-align: middle; border-left: 1px solid var(--line); background: var(--tint); color: var(--tone); }
.matrix td.not-applicable { text-align: center; cursor: help; }
.matrix td a { display: block; margin: 0 -.5rem; padding: .25rem .5rem; color: inherit; text-decoration: none; font-weight: 600; }
.matrix td a:hover { text-decoration: underline; }
.matrix td a:focus-visible { outline-offset: -2px; }
.matrix td.dim { opacity: .25; }
.matrix thead th { position: sticky; top: 0; z-index: 2; background: var(--sheet); padding-block: .45rem; border-bottom-color: var(--line-strong); border-left: 1px solid var(--line); }
.matrix thead b { color: var(--ink); font-size: 1rem; display: block; }
.matrix thead small { display: block; white-space: normal; font-weight: 400; line-height: 1.25; max-width: 6.5rem; }
.matrix th:first-child { position: sticky; left: 0; z-index: 1; background: var(--sheet); border-left: 0; border-right: 1px solid var(--line); padding-block: .25rem; max-width: 22rem; overflow: hidden; text-overflow: ellipsis; }
.matrix thead th:first-child { z-index: 3; vertical-align: bottom; }
.matrix .group th { background: var(--sunk); font-weight: 600; position: static; max-width: none; overflow: visible; border-right: 0; }
.matrix .group span { position: sticky; left: .5rem; }
.matrix tbody:last-child tr:last-child > * { border-bottom: 0; }
@media (max-width: 75rem) {
  .matrix tbody th small { display: block; overflow: hidden; text-overflow: ellipsis; }
  .matrix th:first-child { max-width: 18rem; }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@media (max-width: 50rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  h1 { font-size: 1.9rem; }
  .toolbar { position: static; }
  .filter { flex-wrap: wrap; }
  .filter input { flex: 1 1 100%; }
  .filter select { flex: 1 1 40%; }
  .filter output { position: static; border-radius: 6px; }
  html { scroll-padding-top: 1rem; }
  .tiles { grid-template-columns: minmax(0, 1fr); }
  .matrix th:first-child { max-width: 10.5rem; }
  .scores :is(th, td):nth-child(2) { display: none; }
  .scores :is(th, td) { padding-inline: .35rem; }
  .scores td:last-child { white-space: normal; }
  .scores :is(th, td):last-child { padding-right: 0; }
  .facts div { grid-template-columns: 7rem minmax(0, 1fr); }
}
`;
