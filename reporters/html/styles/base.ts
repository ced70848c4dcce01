/** Colours, type, and what every element looks like by itself. Each text colour has a contrast of at least 4.5 on its ground. */
export const BASE_STYLES = `
:root {
  --ground: #f6f7f9; --sheet: #fff; --sunk: #f1f3f6; --line: #dfe3e8; --line-strong: #b9c1cb;
  --ink: #1b222c; --soft: #566070; --link: #1555b8; --focus: #1555b8; --mark: #fff0b8;
  --pass: #17703a; --pass-tint: #e7f4ec; --warn: #8a5200; --warn-tint: #fdf1dc;
  --fail: #b42318; --fail-tint: #fdebe9; --untestable: #5a5378; --untestable-tint: #eeecf5;
  --error: #8d1f6b; --error-tint: #fae9f4; --simulated: #7b93b8; --none: #ced4dc;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
  color-scheme: light;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #12161c; --sheet: #1a2029; --sunk: #141920; --line: #2c3541; --line-strong: #4a5666;
    --ink: #e3e8ee; --soft: #9ba7b6; --link: #82b1ff; --focus: #82b1ff; --mark: #413708;
    --pass: #62c98a; --pass-tint: #15301f; --warn: #e8ae4e; --warn-tint: #33270f;
    --fail: #ff8d82; --fail-tint: #3d1a18; --untestable: #b6acdf; --untestable-tint: #25223a;
    --error: #ef8fcb; --error-tint: #38172d; --simulated: #5c7aa8; --none: #3a4451;
    color-scheme: dark;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 6rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.5 var(--sans); overflow-wrap: break-word; }
.masthead, .toolbar, main, .foot { padding-inline: max(1.25rem, calc((100% - 80rem) / 2)); }
h1, h2, h3, p, ul, dl, dd, figure, blockquote { margin: 0; padding: 0; }
ul { list-style: none; }
h2 { font-size: 1.3rem; line-height: 1.3; letter-spacing: -.01em; }
h3 { font-size: 1rem; line-height: 1.4; }
h3 small { font-weight: 400; }
small { font-size: .8571rem; color: var(--soft); }
small b { font-weight: 600; }
a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: 1px; text-decoration-color: color-mix(in srgb, currentColor 45%, transparent); }
a:hover { text-decoration-color: currentColor; text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
[tabindex="-1"]:focus { outline: none; }
:target { scroll-margin-top: .75rem; }
.cell :target { scroll-margin-top: 5rem; }
code, pre { font-family: var(--mono); font-size: .8929rem; unicode-bidi: isolate; }
code { overflow-wrap: anywhere; }
table code { overflow-wrap: break-word; }
h3 code, b code { font-size: .9375rem; }
pre { margin: 0; padding: .65rem .8rem; background: var(--sunk); border: 1px solid var(--line); border-radius: 6px; line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 30rem; overflow-y: auto; tab-size: 2; }
pre .h, pre .note { color: var(--soft); }
mark { background: var(--mark); color: inherit; box-shadow: -.8rem 0 0 var(--mark), -.8rem 0 0 .5px var(--mark); }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--soft); font-size: .8571rem; padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { font-size: .8571rem; font-weight: 600; color: var(--soft); }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.w { white-space: nowrap; }
button, input, select { font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--line-strong); border-radius: 6px; padding: .25rem .6rem; }
button { cursor: pointer; }
button:hover { border-color: var(--soft); }
summary { cursor: pointer; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; z-index: 9; background: var(--sheet); padding: .4rem .8rem; }
`;
