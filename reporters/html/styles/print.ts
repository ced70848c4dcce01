/** A4: nothing sticks, scrolls or floats; cells stand in a line each, for a run has too many cases for paper. */
export const PRINT_STYLES = `
@page { size: A4; margin: 14mm 12mm; }
@media print {
  html { font-size: 12px; }
  body { background: #fff; font-size: 9.5pt; line-height: 1.4; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .masthead, main, .foot { padding-inline: 0; }
  .masthead { padding-top: .75rem; }
  .toolbar, .skip, .fold, .curl button { display: none !important; }
  .columns { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1.5rem; }
  .scores td:nth-child(2) { width: 25%; }
  .facts div { grid-template-columns: 6rem minmax(0, 1fr); }
  main { display: block; }
  main > section { margin-top: 1.6rem; }
  h2, h3, summary, figcaption, .finding header, .message { break-after: avoid; }
  .tile, .groups li, blockquote, tr, .compare { break-inside: avoid; }
  .tiles { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .5rem; }
  pre { max-height: none; overflow: visible; font-size: 7.5pt; }
  .scroll, #matrix .scroll { max-height: none; overflow: visible; }
  .vh { display: none; }
  #matrix { break-before: page; margin-top: 0; }
  .matrix { font-size: 7.5pt; }
  .matrix thead { display: table-header-group; }
  .matrix th, .matrix td, .matrix th:first-child { position: static !important; padding: 0 .25rem; white-space: normal; }
  .matrix td { font-size: 7.5pt; white-space: nowrap; }
  .matrix td a { margin: 0; padding: .1rem 0; }
  .matrix td .tag { display: block; border: 0; padding: 0; }
  .matrix thead small { display: none; }
  .matrix tbody th small { display: block; font-size: 6pt; line-height: 1.2; }
  .clauses, .cases, .sheet { font-size: 7.5pt; }
  .clauses :is(th, td), .cases :is(th, td), .sheet :is(th, td) { min-width: 0 !important; padding-inline: .25rem; }
  table code { overflow-wrap: anywhere; }
  .cell > div { display: none !important; }
  .cell { break-inside: avoid; }
  .exchange { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  a { color: inherit; }
  blockquote footer a[href^="http"]::after { content: " (" attr(href) ")"; overflow-wrap: anywhere; }
}
`;
