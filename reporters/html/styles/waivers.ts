/** The table of waivers. */
export const WAIVER_STYLES = `
.waivers td:nth-child(2) { min-width: 13rem; }
.waivers td:nth-child(3) { width: 40%; min-width: 18rem; }
.waivers td small { display: block; }
.waivers .oddities { color: var(--fail); }
.waivers tr:target > * { background: var(--mark); }
a.tag { text-decoration: none; }
`;
