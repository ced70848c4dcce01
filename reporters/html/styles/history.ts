/** The picture of the earlier runs. Each set has its colour and its dash. */
export const HISTORY_STYLES = `
.history { background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem .4rem; }
.history figcaption { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; font-weight: 400; }
.trend { display: block; width: 100%; min-width: 45rem; }
.trend.key { display: inline-block; width: 1.75rem; min-width: 0; vertical-align: middle; }
.trend .line, .trend .dots, .trend .grid { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; }
.trend .grid { stroke: var(--line); stroke-width: 1; }
.trend .dots { stroke-width: 6; stroke-linecap: round; }
.trend .contract { stroke: var(--link); }
.trend .http { stroke: var(--warn); }
.trend .hygiene { stroke: var(--untestable); }
.trend .line.http { stroke-dasharray: 7 4; }
.trend .line.hygiene { stroke-dasharray: 2 3; }
.trend text { fill: var(--soft); font-size: 9.5px; }
.trend .end { text-anchor: end; }
.trend .mark { fill: var(--tone); font-weight: 600; text-anchor: middle; }
`;
